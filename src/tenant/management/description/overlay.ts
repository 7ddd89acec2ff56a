import type { JsonSchema } from './json-schema.ts';
import type { PublishedOperation } from './published-operation.ts';

const orNull = (name: string): JsonSchema => ({ oneOf: [{ $ref: name }, { type: 'null' }] });
const organization: Readonly<Record<string, JsonSchema>> = {
  branding: orNull('OrganizationBranding'),
  third_party_client_access: { type: 'string', enum: ['allow', 'block'] },
  is_app_entitlement_active: { type: 'boolean' },
  token_quota: orNull('CreateTokenQuota'),
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

/** The published schemas, corrected where recordings show that the service takes more. */
export function withOverlay(schemas: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> {
  const corrected = Object.entries(alsoTaken).map(([name, members]) => {
    const schema = schemas[name];
    return [name, { ...schema, properties: { ...schema?.properties, ...members } }] as const;
  });
  return { ...schemas, ...Object.fromEntries(corrected) };
}

/** Statuses of successful answers that differ from the published ones, each with the recorded conversation that shows it. */
const recordedStatus: Readonly<Record<string, PublishedOperation['status']>> = {
  // TestNetworkACLManager_Delete
  'DELETE /network-acls/{id}': 200,
  // TestHookManager_Update
  'PATCH /hooks/{id}': 200,
};

/** Parameters of queries that are not published, each with the recorded conversation that shows it. */
const recordedQuery: Readonly<Record<string, NonNullable<PublishedOperation['query']>>> = {
  // TestAccDirectorySynchronizedGroupsDataSourceWithQuery
  'GET /connections/{id}/directory-provisioning/synchronized-groups': [{ name: 'q', schema: { type: 'string' } }],
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
      ...(query !== undefined && { query: [...(one.query ?? []), ...query] }),
    };
  });
}
