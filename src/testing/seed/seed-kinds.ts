/** The kinds of a seed, by their names in the deploy CLI: lists of resources, or one setting. */
export const SEED_KINDS: Readonly<Record<string, 'list' | 'object'>> = {
  actionModules: 'list',
  actions: 'list',
  attackProtection: 'object',
  branding: 'object',
  clientGrants: 'list',
  clients: 'list',
  connectionProfiles: 'list',
  connections: 'list',
  customDomains: 'list',
  databases: 'list',
  emailProvider: 'object',
  emailTemplates: 'list',
  eventStreams: 'list',
  flowVaultConnections: 'list',
  flows: 'list',
  forms: 'list',
  guardianFactorProviders: 'list',
  guardianFactorTemplates: 'list',
  guardianFactors: 'list',
  guardianPhoneFactorMessageTypes: 'object',
  guardianPhoneFactorSelectedProvider: 'object',
  guardianPolicies: 'object',
  logStreams: 'list',
  networkACLs: 'list',
  organizations: 'list',
  pages: 'list',
  phoneProviders: 'list',
  phoneTemplates: 'list',
  prompts: 'object',
  rateLimitPolicies: 'list',
  resourceServers: 'list',
  riskAssessment: 'object',
  roles: 'list',
  selfServiceProfiles: 'list',
  supplementalSignals: 'object',
  tenant: 'object',
  themes: 'list',
  tokenExchangeProfiles: 'list',
  triggers: 'object',
  userAttributeProfiles: 'list',
  users: 'list',
};

/** Members that a seed itself reads, with their forms. All others are for the tenant to check. */
export const NESTED_MEMBERS: Readonly<Record<string, Readonly<Record<string, 'list' | 'names' | 'object'>>>> = {
  actionModules: { secrets: 'list' },
  actions: { secrets: 'list', modules: 'list' },
  branding: { templates: 'list' },
  connections: { enabled_clients: 'names', options: 'object', directory_provisioning_configuration: 'object' },
  databases: { enabled_clients: 'names', options: 'object' },
  guardianPolicies: { policies: 'names' },
  organizations: { connections: 'list', client_grants: 'list', discovery_domains: 'list', clients: 'list' },
  prompts: { customText: 'object', partials: 'object', screenRenderers: 'list' },
  roles: { permissions: 'list' },
  selfServiceProfiles: { customText: 'object' },
};

/** Kinds of the deploy CLI that a tenant cannot take, with the reason. */
export const OBSOLETE_KINDS: Readonly<Record<string, string>> = {
  clientAuthCredentials: 'The keys of an application are not part of an export.',
  exclude: 'It is a setting of the deploy CLI.',
  hooks: 'Auth0 has replaced Hooks by Actions.',
  include: 'It is a setting of the deploy CLI.',
  migrations: 'It is a setting of the tenant’s owner.',
  rules: 'Auth0 has replaced Rules by Actions.',
  rulesConfigs: 'Auth0 has replaced Rules by Actions.',
};

/** The members of a user. */
export const USER_MEMBERS: readonly string[] = [
  'email',
  'username',
  'phone_number',
  'password',
  'connection',
  'email_verified',
  'roles',
  'organizations',
  'otp',
  'user_id',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'picture',
  'blocked',
  'app_metadata',
  'user_metadata',
];

/** The file with users in the folder of a seed. */
export const USERS_FILE = 'users.json';
