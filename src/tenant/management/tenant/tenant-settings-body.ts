import { z } from 'zod';
import { bodyOf, formatted, nullableObject, uriOrEmpty, urlList, urlWithPlaceholders } from '../http/body-schemas.ts';
import { pageLanguages, tenantFlags } from './tenant-settings-names.ts';

const lifetime = z.int().min(1).optional();
const flag = z.boolean().nullable().optional();

const page = z.strictObject({ enabled: z.boolean().optional(), html: z.string().optional() }).nullable().optional();

const quota = z.looseObject({
  client_credentials: z.strictObject({
    enforce: z.boolean().optional(),
    per_day: z.int().min(1).max(2_147_483_647).optional(),
    per_hour: z.int().min(1).max(2_147_483_647).optional(),
  }),
});

const httpsOrEmpty = formatted(
  'absolute-https-uri-or-empty',
  (text) => text === '' || (URL.parse(text)?.protocol === 'https:' && !URL.parse(text)?.hash),
);

const emailOrEmpty = formatted('email-or-empty', (text) => text === '' || /^[^\s@]+@[^\s@]+$/.test(text));

/** Settings of a tenant that can be changed. `null` removes a setting. */
export const tenantSettingsBody = bodyOf({
  change_password: page,
  device_flow: z
    .strictObject({
      charset: z.enum(['base20', 'digits']).optional(),
      mask: z.string().max(20).optional(),
    })
    .nullable()
    .optional(),
  guardian_mfa_page: page,
  default_audience: z.string().optional(),
  default_directory: z.string().optional(),
  error_page: z
    .strictObject({
      html: z.string().optional(),
      show_log_link: z.boolean().optional(),
      url: uriOrEmpty.optional(),
    })
    .nullable()
    .optional(),
  default_token_quota: z
    .strictObject({ clients: quota.optional(), organizations: quota.optional() })
    .nullable()
    .optional(),
  universal_login: nullableObject.optional(),
  flags: z.strictObject(Object.fromEntries(tenantFlags.map((name) => [name, z.boolean().optional()]))).optional(),
  friendly_name: z.string().max(200).optional(),
  picture_url: uriOrEmpty.optional(),
  support_email: emailOrEmpty.optional(),
  support_url: uriOrEmpty.optional(),
  allowed_logout_urls: urlList(urlWithPlaceholders).optional(),
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
  default_redirection_uri: httpsOrEmpty.optional(),
  enabled_locales: z.array(z.enum(pageLanguages)).min(1).optional(),
  security_headers: z.record(z.string(), z.json()).nullable().optional(),
  session_cookie: z
    .strictObject({ mode: z.enum(['persistent', 'non-persistent']) })
    .nullable()
    .optional(),
  sessions: z.strictObject({ oidc_logout_prompt_enabled: z.boolean().optional() }).nullable().optional(),
  oidc_logout: z.strictObject({ rp_logout_end_session_endpoint_discovery: z.boolean().optional() }).optional(),
  customize_mfa_in_postlogin_action: flag,
  allow_organization_name_in_authentication_api: flag,
  acr_values_supported: z.array(z.string()).nullable().optional(),
  mtls: z.strictObject({ enable_endpoint_aliases: z.boolean().optional() }).nullable().optional(),
  pushed_authorization_requests_supported: flag,
  authorization_response_iss_parameter_supported: flag,
  skip_non_verifiable_callback_uri_confirmation_prompt: flag,
  resource_parameter_profile: z.enum(['audience', 'compatibility']).optional(),
  client_id_metadata_document_supported: z.boolean().optional(),
  enable_ai_guide: z.boolean().optional(),
  phone_consolidated_experience: z.boolean().optional(),
  include_session_metadata_in_tenant_logs: z.boolean().optional(),
  dynamic_client_registration_security_mode: z.enum(['strict', 'permissive']).optional(),
  country_codes: z
    .strictObject({
      list: z.array(
        z
          .string()
          .min(2)
          .max(2)
          .regex(/^[A-Z]{2}$/),
      ),
      mode: z.enum(['allow', 'deny']),
    })
    .nullable()
    .optional(),
});
