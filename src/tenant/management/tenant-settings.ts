import { z } from 'zod';
import type { JsonObject } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { anyObject, bodyOf, nullableObject, uriOrEmpty, urlWithPlaceholders } from './body-schemas.ts';
import { fieldParameters, selectFields } from './field-selection.ts';
import { withoutNulls } from './json-members.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import { type Operation, operation } from './operation.ts';

export const tenantSettingsName = 'tenant_settings';

const lifetime = z.int().min(1).optional();
const flag = z.boolean().nullable().optional();

const patchBody = bodyOf({
  change_password: nullableObject.optional(),
  device_flow: nullableObject.optional(),
  guardian_mfa_page: nullableObject.optional(),
  default_audience: z.string().optional(),
  default_directory: z.string().optional(),
  error_page: nullableObject.optional(),
  default_token_quota: nullableObject.optional(),
  flags: anyObject.optional(),
  friendly_name: z.string().max(200).optional(),
  picture_url: uriOrEmpty.optional(),
  support_email: z.string().max(254).optional(),
  support_url: uriOrEmpty.optional(),
  allowed_logout_urls: z.array(urlWithPlaceholders).optional(),
  session_lifetime: lifetime,
  session_lifetime_in_minutes: lifetime,
  idle_session_lifetime: lifetime,
  idle_session_lifetime_in_minutes: lifetime,
  ephemeral_session_lifetime: lifetime,
  ephemeral_session_lifetime_in_minutes: lifetime,
  idle_ephemeral_session_lifetime: lifetime,
  idle_ephemeral_session_lifetime_in_minutes: lifetime,
  sandbox_version: z.string().max(8).optional(),
  legacy_sandbox_version: z.string().max(8).optional(),
  default_redirection_uri: uriOrEmpty.optional(),
  enabled_locales: z.array(z.string().min(1).max(12)).min(1).optional(),
  security_headers: nullableObject.optional(),
  session_cookie: nullableObject.optional(),
  sessions: nullableObject.optional(),
  oidc_logout: anyObject.optional(),
  customize_mfa_in_postlogin_action: flag,
  allow_organization_name_in_authentication_api: flag,
  acr_values_supported: z.array(z.string()).nullable().optional(),
  mtls: nullableObject.optional(),
  pushed_authorization_requests_supported: flag,
  authorization_response_iss_parameter_supported: flag,
  skip_non_verifiable_callback_uri_confirmation_prompt: flag,
  resource_parameter_profile: z.enum(['audience', 'compatibility']).optional(),
  client_id_metadata_document_supported: z.boolean().optional(),
  enable_ai_guide: z.boolean().optional(),
  phone_consolidated_experience: z.boolean().optional(),
  include_session_metadata_in_tenant_logs: z.boolean().optional(),
  dynamic_client_registration_security_mode: z.enum(['strict', 'permissive']).optional(),
  country_codes: nullableObject.optional(),
});

/** What a tenant is born with. */
const defaults: JsonObject = {
  change_password: { enabled: false },
  enabled_locales: ['en'],
  flags: {
    allow_changing_enable_sso: false,
    disable_impersonation: true,
    enable_sso: true,
    universal_login: true,
    revoke_refresh_token_grant: false,
    disable_clickjack_protection_headers: false,
  },
  guardian_mfa_page: { enabled: false },
  session_lifetime: 168,
  idle_session_lifetime: 72,
  ephemeral_session_lifetime: 72,
  idle_ephemeral_session_lifetime: 24,
  sandbox_version: '22',
  oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
  resource_parameter_profile: 'audience',
  phone_consolidated_experience: false,
  client_id_metadata_document_supported: false,
};

/** The tenant's settings, those that nobody has changed included. */
export function readTenantSettings(store: Store): JsonObject {
  const kept = store.settings.get(tenantSettingsName);
  return { ...defaults, ...(typeof kept === 'object' ? kept : {}) };
}

/** Settings of the whole tenant: `/tenants/settings`. */
export function tenantSettingsOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/tenants/settings',
      query: z.object(fieldParameters),
      handle: ({ query }) => {
        const settings: JsonObject = { ...readTenantSettings(store), sandbox_versions_available: ['22', '18'] };
        return { status: 200, body: selectFields(settings, query) };
      },
    }),
    operation({
      method: 'PATCH',
      path: '/tenants/settings',
      description: 'Update tenant settings',
      body: patchBody,
      handle: ({ body }) => {
        store.transaction(() => {
          const kept = store.settings.get(tenantSettingsName);
          const before = typeof kept === 'object' ? kept : {};
          const flags = {
            ...(readTenantSettings(store).flags as JsonObject),
            ...(body.flags as JsonObject | undefined),
          };
          const after = { ...before, ...(body as JsonObject), ...(body.flags !== undefined && { flags }) };
          store.settings.set(tenantSettingsName, withoutNulls(after));
        });
        return { status: 200, body: readTenantSettings(store) };
      },
    }),
  ];
}
