import { isObject, type JsonObject, objectOf } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { selectFields } from '../http/field-selection.ts';
import { withoutNulls } from '../http/json-members.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { lifetimesInHours } from '../sessions/session-lifetimes.ts';

export const tenantSettingsName = 'tenant_settings';

/** Settings of a new tenant. */
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

/** Flags that Auth0 returns when settings are changed, but not when they are read. */
const flagsShownOnChange = {
  cannot_change_enforce_client_authentication_on_passwordless_start: true,
  enforce_client_authentication_on_passwordless_start: true,
};

/** Settings in which members that a change lacks stay. */
const mergedSettings = ['flags', 'change_password', 'guardian_mfa_page'];

/** Settings that Auth0 shows even if they are empty. */
const shownEmpty = ['default_audience', 'default_directory'];

function withoutEmptyTexts(settings: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => value !== '' || shownEmpty.includes(name)),
  );
}

/** The tenant's settings, including those that were never changed. */
function readTenantSettings(store: Store): JsonObject {
  const stored = store.settings.get(tenantSettingsName);
  return { ...defaults, ...(typeof stored === 'object' ? stored : {}) };
}

/** Settings of the whole tenant: `/tenants/settings`. */
export function tenantSettingsOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /tenants/settings': {
        handle: ({ query }) => {
          const settings: JsonObject = { ...readTenantSettings(store), sandbox_versions_available: ['22', '18'] };
          return selectFields(settings, query);
        },
      },
      'PATCH /tenants/settings': {
        description: 'Update tenant settings',
        handle: ({ body }) => {
          const changes = lifetimesInHours(body);
          const stored = store.settings.get(tenantSettingsName);
          const before = typeof stored === 'object' ? stored : {};
          const visible = readTenantSettings(store);
          const merged = mergedSettings.filter((name) => isObject(changes[name]));
          const parts = merged.map((name) => [name, { ...objectOf(visible[name]), ...objectOf(changes[name]) }]);
          const after = withoutNulls({ ...before, ...changes, ...Object.fromEntries(parts) });
          store.settings.set(tenantSettingsName, withoutEmptyTexts(after));
          const settings = readTenantSettings(store);
          return { ...settings, flags: { ...flagsShownOnChange, ...objectOf(settings.flags) } };
        },
      },
    },
  );
}
