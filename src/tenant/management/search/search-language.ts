/**
 * The type of a field, which determines how it can be searched. `metadata` is any value that an application stores;
 * `exact` is the same without ranges and wildcards.
 */
export type FieldType = 'text' | 'number' | 'date' | 'boolean' | 'metadata' | 'exact';

/** The fields that a search may name. */
export interface SearchLanguage {
  /** The fields that a term without a field is searched in. */
  readonly bareFields: readonly string[];
  /** `undefined` for a field that cannot be searched. */
  typeOf(field: string): FieldType | undefined;
}

const userTypes: Record<string, FieldType> = {
  created_at: 'date',
  updated_at: 'date',
  last_login: 'date',
  last_password_reset: 'date',
  logins_count: 'number',
  blocked: 'boolean',
  email_verified: 'boolean',
  phone_verified: 'boolean',
  'identities.isSocial': 'metadata',
};

/**
 * The search language of users. A field that Auth0 does not define may come from an identity provider, so every name
 * is allowed.
 *
 * @see Auth0 docs: "User Search Query Syntax"
 */
export const userLanguage: SearchLanguage = {
  bareFields: ['user_id', 'email', 'username', 'name', 'given_name', 'family_name', 'nickname', 'phone_number'],
  typeOf: (field) => {
    if (/^user_metadata(\.|$)/.test(field)) return 'exact';
    if (/^(app_metadata|identities\.profileData)(\.|$)/.test(field)) return 'metadata';
    return userTypes[field] ?? 'text';
  },
};

const logFields = new Set([
  ...['log_id', 'type', 'user_id', 'description', 'connection', 'connection_id', 'client_id', 'client_name'],
  ...['organization_id', 'ip', 'hostname', 'user_name', 'user_agent', 'strategy', 'strategy_type'],
]);

/**
 * The search language of the tenant's log.
 *
 * @see Auth0 docs: "Log Search Query Syntax"
 */
export const logLanguage: SearchLanguage = {
  bareFields: ['client_name', 'connection', 'description', 'ip', 'log_id', 'type', 'user_name'],
  typeOf: (field) => (field === 'date' ? 'date' : logFields.has(field) ? 'text' : undefined),
};
