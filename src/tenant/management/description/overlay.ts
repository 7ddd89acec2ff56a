import { TRIGGERS } from '../../actions/library/published-triggers.ts';
import type { JsonSchema } from './json-schema.ts';
import type { PublishedOperation } from './published-operation.ts';

const orNull = (name: string): JsonSchema => ({ oneOf: [{ $ref: name }, { type: 'null' }] });
const organization: Readonly<Record<string, JsonSchema>> = {
  branding: orNull('OrganizationBranding'),
  third_party_client_access: { type: 'string', enum: ['allow', 'block'] },
  is_app_entitlement_active: { type: 'boolean' },
  token_quota: orNull('CreateTokenQuota'),
};
const scopedRole: Readonly<Record<string, JsonSchema>> = {
  type: { type: 'string', enum: ['tenant', 'organization'] },
  owner_id: { type: 'string', minLength: 1, maxLength: 50 },
};
/** `tf-TestAccClientIdentityAssertionAuthorizationGrant` */
const identityAssertion = {
  identity_assertion_authorization_grant: {
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['active'],
    properties: { active: { type: 'boolean' } },
  },
};
const vaultGrants: Readonly<Record<string, JsonSchema>> = {
  grants: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['connection', 'scopes'],
      properties: {
        connection: { type: 'string', minLength: 1 },
        scopes: { type: 'array', items: { type: 'string', minLength: 1 } },
      },
    },
  },
};
const webLifetime = { token_lifetime_for_web: { type: 'integer', minimum: 0, maximum: 2_592_000 } };
const resourceApp = {
  cross_app_access_resource_app: {
    type: 'object',
    additionalProperties: false,
    required: ['status'],
    properties: { status: { type: 'string', enum: ['enabled', 'disabled'] } },
  },
};
const connectionProfile = {
  connection_config: orNull('ConnectionProfileConfig'),
  strategy_overrides: orNull('ConnectionProfileStrategyOverrides'),
};

/**
 * Members that the service takes although the published schema does not allow them, or takes otherwise, by the name of the schema, each with the
 * recorded conversation or the official client that shows it. Most are secrets, which the description leaves out since no answer has them.
 */
const alsoTaken: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  // tf-TestAccAttackProtectionSuspiciousIPThrottling answers it; the deploy CLI sends back all that it read.
  SuspiciousIPThrottlingStage: { 'pre-custom-token-exchange': { $ref: 'SuspiciousIPThrottlingPreLoginStage' } },
  CreateClientRequestContent: identityAssertion,
  UpdateClientRequestContent: identityAssertion,
  // tf-TestAccClientCredentialsTokenVaultPrivilegedAccess
  ClientTokenVaultPrivilegedAccessWithPublicKey: vaultGrants,
  ClientTokenVaultPrivilegedAccessWithCredentialId: vaultGrants,
  // TestResourceServer_Read, and every other API that is created.
  CreateResourceServerRequestContent: webLifetime,
  UpdateResourceServerRequestContent: webLifetime,
  // tf-TestAccConnectionOIDCMetadata
  CreateConnectionRequestContent: resourceApp,
  UpdateConnectionRequestContent: resourceApp,
  // tf-TestAccDataSourceOrganizationRoleMembers
  CreateRoleRequestContent: scopedRole,
  // The deploy CLI creates each rule with the stage that it read.
  CreateRuleRequestContent: { stage: { type: 'string', enum: ['login_success', 'login_failure', 'pre_authorize'] } },
  // The deploy CLI sends back the secrets of a module as it read them: without values.
  UpdateActionModuleRequestContent: {
    secrets: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: { name: { type: 'string', maxLength: 255 }, value: { type: 'string', maxLength: 4096 } },
      },
    },
  },
  // Tenants answer these flags, and the deploy CLI sends back all that it read.
  TenantSettingsFlags: Object.fromEntries(
    [
      'allow_other_legacy_grant_types',
      'cannot_change_enforce_client_authentication_on_passwordless_start',
      'dashboard_new_onboarding',
      'enable_custom_domain_in_emails',
      'enable_legacy_logs_search_v2',
      'new_universal_login_experience_enabled',
      'non_oidc_conformant_updated_at',
      'require_signed_request_object',
      'universal_login',
      'use_scope_descriptions_for_consent',
    ].map((name) => [name, { type: 'boolean' }]),
  ),
  UpdateTenantSettingsRequestContent: {
    universal_login: { type: ['object', 'null'] },
    // As many as an application has: Auth0 docs, "Application Settings".
    allowed_logout_urls: { type: 'array', maxItems: 100, items: { type: 'string', format: 'url-with-placeholders' } },
  },
  // Organizations answer both members; the deploy CLI sends back all that it read, and `null` for a branding that was removed.
  CreateOrganizationRequestContent: organization,
  UpdateOrganizationRequestContent: organization,
  OrganizationBranding: { logo_url: { type: ['string', 'null'], format: 'strict-https-uri-or-null' } },
  // tf-TestAccConnectionProfileDataSource answers `null`; the deploy CLI sends back all that it read.
  CreateConnectionProfileRequestContent: connectionProfile,
  UpdateConnectionProfileRequestContent: connectionProfile,
  // TestDeviceCredentials_List
  CreatePublicKeyDeviceCredentialRequestContent: { device_id: { type: 'string' } },
  // TestFlowManager_Create
  CreateFlowRequestContent: { description: { type: 'string' }, synchronous: { type: 'boolean' } },
  UpdateFlowRequestContent: { description: { type: 'string' }, synchronous: { type: 'boolean' } },
  // TestFormManager_List
  CreateFormRequestContent: { description: { type: 'string' } },
  UpdateFormRequestContent: { description: { type: 'string' } },
  // TestAccEventStream
  EventStreamWebhookBasicAuth: { password: { type: 'string' } },
  EventStreamWebhookBearerAuth: { token: { type: 'string' } },
  EventStreamWebhookCustomHeaderAuth: { header_value: { type: 'string' } },
  // TestAccNetworkACLAuth0Managed
  NetworkAclMatch: { auth0_managed: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } } },
  // TestAccDirectorySynchronizedGroupsMetadata
  SynchronizedGroupPayload: {
    name: { type: 'string' },
    email: { type: 'string', format: 'email' },
    direct_members_count: { type: 'integer', minimum: 0 },
  },
};

const urls = { maxItems: 100 };
const clientMembers = {
  ...{ callbacks: urls, allowed_logout_urls: urls, allowed_origins: urls, web_origins: urls },
  // The page of an application on a developer's machine has no certificate, and this tenant is the one for it.
  initiate_login_uri: { format: 'absolute-uri-with-placeholders-or-empty' },
};
/** Auth0 publishes no limits of these. A stored text has one here, and roles are chosen by their names. */
const roleMembers = { name: { minLength: 1, maxLength: 255 }, description: { maxLength: 255 } };
/** Published as any texts. A secret that is not base32 makes no codes, and an address without a form gets no mail. */
const factor = { totp_secret: { format: 'base32' }, email: { format: 'email' } };
/** Ten years. Auth0 publishes no limit; beyond one, the time at which a ticket ends is no date any more. */
const ticket = { properties: { ttl_sec: { maximum: 315_360_000 } } };

/**
 * Words of published schemas that the service reads otherwise, by the name of the schema. They are added to its own, and to those of its
 * members.
 */
const otherWords: Readonly<Record<string, JsonSchema>> = {
  // `GET /actions/triggers` of a real tenant lists `mcp-tool`, and the deploy CLI reads the bindings of each trigger that is listed.
  ActionTriggerTypeEnum: { enum: [...new Set(TRIGGERS.map(({ id }) => id))] },
  // tf-TestAccClientAddons, tf-TestAccClientOIDCLogout, tf-TestAccClientAuthenticationMethodsPrivateKeyJWT: `null` removes them.
  ClientAddons: { type: ['object', 'null'] },
  ClientOIDCBackchannelLogoutSettings: { type: ['object', 'null'] },
  ClientSignedRequestObjectWithCredentialId: { type: ['object', 'null'] },
  ClientTokenVaultPrivilegedAccessWithCredentialId: { type: ['object', 'null'] },
  // Auth0 docs, "Application Settings": a hundred URLs of each kind.
  CreateClientRequestContent: { properties: clientMembers },
  UpdateClientRequestContent: { properties: clientMembers },
  // Published as any integer: a token cannot have ended before it begins.
  ClientJwtConfiguration: { properties: { lifetime_in_seconds: { minimum: 0 } } },
  // Auth0 docs, "Application Metadata": up to ten texts of 255 characters. `null` removes one.
  ClientMetadata: { additionalProperties: { type: ['string', 'null'], maxLength: 255 } },
  // Auth0 docs, "Update a User": these members alone. An identifier or a password is changed, and never removed.
  UpdateUserRequestContent: {
    additionalProperties: false,
    properties: { email: { type: 'string' }, username: { type: 'string' }, password: { type: 'string' } },
  },
  CreateUserAuthenticationMethodRequestContent: { properties: factor },
  SetUserAuthenticationMethods: { properties: factor },
  CreateRoleRequestContent: { properties: roleMembers },
  UpdateRoleRequestContent: { properties: roleMembers },
  // A request without users would change nothing: it is a mistake of its sender.
  AssignRoleUsersRequestContent: { properties: { users: { minItems: 1 } } },
  VerifyEmailTicketRequestContent: ticket,
  ChangePasswordTicketRequestContent: ticket,
  // Published as optional: without these members, a part of an Action or a binding means nothing, and nothing could be stored of it.
  ActionSecretRequest: { required: ['name'] },
  ActionVersionDependency: { required: ['name'] },
  ActionBindingRef: { required: ['type', 'value'] },
  UpdateActionBindingsRequestContent: { required: ['bindings'] },
  // Auth0 docs, "Bulk User Exports": up to thirty fields. A body without a member may be absent.
  CreateExportUsersRequestContent: { type: ['object', 'null'], properties: { fields: { maxItems: 30 } } },
  RevokeUserAccessRequestContent: { type: ['object', 'null'] },
};

/** The published schemas, corrected where the service takes more or less. */
export function withOverlay(schemas: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> {
  const corrected = { ...schemas };
  const correct = (name: string, words: JsonSchema, properties: Readonly<Record<string, JsonSchema>>) => {
    const schema = corrected[name];
    if (schema === undefined) throw new Error(`The published description has no schema ${name}.`);
    corrected[name] = { ...schema, ...words, properties: { ...schema.properties, ...properties } };
  };
  for (const [name, members] of Object.entries(alsoTaken)) correct(name, {}, members);
  for (const [name, words] of Object.entries(otherWords)) {
    const present = corrected[name]?.properties ?? {};
    const members = Object.entries(words.properties ?? {}).map(([one, more]) => [one, { ...present[one], ...more }]);
    correct(name, words, Object.fromEntries(members));
  }
  return corrected;
}

/** Statuses of successful answers that differ from the published ones, each with the recorded conversation that shows it. */
const recordedStatus: Readonly<Record<string, PublishedOperation['status']>> = {
  // TestNetworkACLManager_Delete
  'DELETE /network-acls/{id}': 200,
  // TestHookManager_Update
  'PATCH /hooks/{id}': 200,
  // TestActionManager_Deploy
  'POST /actions/actions/{id}/deploy': 200,
  'POST /actions/actions/{actionId}/versions/{id}/deploy': 200,
  // TestRoleManager_Permissions
  'DELETE /roles/{id}/permissions': 204,
  // tf-TestAccClientAuthenticationMethodsPrivateKeyJWT
  'PATCH /clients/{client_id}/credentials/{credential_id}': 200,
  // TestResourceServer_TokenDialect
  'PATCH /resource-servers/{id}': 200,
};

const logFields = [
  ...['date', 'connection', 'client_id', 'client_name', 'ip', 'user_id', 'user_name', 'description'],
  ...['user_agent', 'type', 'details', 'strategy', 'strategy_type'],
];
/** `field:1` or `field:-1`, by the fields of the log: the description says it in words alone. */
const logSort = {
  name: 'sort',
  schema: {
    type: 'string',
    pattern: `^(${logFields.map((field) => `(${field})`).join('|')}):(1|-1)$`,
  },
};
/** A longer one would not fit into a request. */
const longQuery = (name: string) => ({ name, schema: { type: 'string', maxLength: 8000 } });
const selection = [{ name: 'fields', schema: { type: 'string' } }];

/** Parameters of queries that are not published, or not so, each with the recorded conversation or the document that shows it. */
const recordedQuery: Readonly<Record<string, NonNullable<PublishedOperation['query']>>> = {
  // TestAccDirectorySynchronizedGroupsDataSourceWithQuery
  'GET /connections/{id}/directory-provisioning/synchronized-groups': [{ name: 'q', schema: { type: 'string' } }],
  // tf-TestAccDataSourceOrganizations
  'GET /organizations': [{ name: 'include_client_association_for', schema: { type: 'string' } }],
  // `include_fields` is published alone.
  'GET /resource-servers': selection,
  'GET /resource-servers/{id}': selection,
  // Auth0 docs, "User Search Query Syntax", "Sort Search Results". The limit of `sort` is far beyond any name of a field.
  'GET /users': [
    longQuery('q'),
    { name: 'sort', schema: { type: 'string', maxLength: 200, pattern: '^(.+):(1|-1)$' } },
    { name: 'connection', schema: { type: 'string', minLength: 1 } },
  ],
  // A text that is not an address finds no user: it is a mistake of its sender.
  'GET /users-by-email': [{ name: 'email', required: true, schema: { type: 'string', format: 'email' } }],
  // Auth0 docs, "Log Search Query Syntax"
  'GET /logs': [longQuery('q'), longQuery('search'), logSort],
  'GET /users/{id}/logs': [logSort],
  // The description says the form in words alone: `YYYYMMDD`.
  'GET /stats/daily': ['from', 'to'].map((name) => ({ name, schema: { type: 'string', format: 'yyyymmdd' } })),
};

/** Parameters of paths that the service checks otherwise, by the path of the resource, each with the recorded conversation that shows it. */
const recordedParameters: Readonly<Record<string, PublishedOperation['parameters']>> = {
  // TestAccDataSourceEventStream: the form of an id is checked before its length.
  '/event-streams/{id}': [{ name: 'id', schema: { type: 'string', format: 'event-stream-id' } }],
};

/** The published operations with the statuses, queries and parameters that recordings show. */
export function withRecordedFacts(operations: readonly PublishedOperation[]): PublishedOperation[] {
  return operations.map((one) => {
    const name = `${one.method} ${one.path}`;
    const query = recordedQuery[name];
    const parameters = recordedParameters[one.path];
    return {
      ...one,
      status: recordedStatus[name] ?? one.status,
      ...(parameters !== undefined && { parameters }),
      ...(query !== undefined && {
        query: [...(one.query ?? []).filter(({ name }) => !query.some((own) => own.name === name)), ...query],
      }),
    };
  });
}
