import type { ReplayedExchange } from './run-oracle.ts';

interface Reason {
  readonly conversation: RegExp;
  /** Set if the reason does not hold for the whole conversation. */
  readonly request?: RegExp;
  /** The difference that the reason explains, if any other difference in these conversations is a defect. */
  readonly said?: RegExp;
  /** The pattern that every difference of the exchange must match. */
  readonly everySaid?: RegExp;
  readonly why: string;
}

const olderThan = (what: string) =>
  `Recorded before the service returned ${what}. Newer recordings of the same request have it, and so has the published description.`;
const setUpBefore =
  'The recorded tenant was set up before the conversation began; an empty tenant does not have these settings.';
const madeBefore =
  'The requested resource was created before the conversation began; an empty tenant does not have it.';

/** Reasons why the tenant answers differently from the recorded service. The first match counts. */
const reasons: readonly Reason[] = [
  {
    conversation: /CIMD/,
    request: /clients/,
    why: 'The service created the application from a document that it fetched from the Internet. Not built here: refused, and the rest of the conversation fails.',
  },
  { conversation: /^go-TestResourceServer_ACR/, why: setUpBefore },
  {
    conversation: /^tf-TestAccDataSourceResourceServer/,
    request: /auth0-dev|api%252Fv2|api%2Fv2/,
    why: "Requests the Management API of the recorded tenant by that tenant's own domain.",
  },
  {
    conversation: /./,
    request: /\/resource-servers/,
    said: /subject_type_authorization: not in/,
    why: olderThan('`subject_type_authorization`'),
  },
  { conversation: /./, request: /\/tenants\/settings/, why: setUpBefore },
  {
    conversation: /^go-TestClient_List/,
    why: 'The recorded request had fewer scopes, and the tenant had other applications.',
  },
  {
    conversation: /ExpressConfiguration/,
    request: /POST \/api\/v2\/clients/,
    why: 'Newer recordings of an Express configuration have neither a secret nor these channels.',
  },
  {
    conversation: /./,
    request: /\/api\/v2\/clients/,
    said: /cross_origin_authentication: not in/,
    why: olderThan('`cross_origin_authentication` for every application, and while it returned a secret beside keys'),
  },
  {
    conversation: /UnmanagedSecrets|DataSourceUserConnectedAccounts/,
    why: madeBefore,
  },
  {
    conversation: /AttrEmail|AttrPhoneNumber/,
    request: /GET \/api\/v2\/connections\?/,
    why: setUpBefore,
  },
  {
    conversation: /AddEmailAttributeNonUnique/,
    why: 'Recorded in August 2026 on a tenant that gives new connections `password_options`; other recordings of that year have `passwordPolicy`.',
  },
  {
    conversation: /^go-TestConnectionManager_Read_/,
    request: /DELETE/,
    why: 'The service had not finished deleting it when it was requested again. Here it is deleted at once.',
  },
  {
    conversation: /^(tf-TestAccConnection|go-TestCustomPasswordHashOption)$/,
    why: 'Recorded in early 2026, when `authentication_methods` listed one-time passwords for some tenants; later recordings do not.',
  },
  {
    conversation: /Connection/,
    said: /_behavior: not in/,
    why: olderThan(
      'these behaviours of `authentication_methods.password`, or `authentication` and `connected_accounts`',
    ),
  },
  {
    conversation: /^go-TestActionManager_Test/,
    why: 'The duration of the run.',
  },
  {
    conversation: /./,
    everySaid:
      /^\/\S*(verification_txt|PartnerEventSource|partner_event_source|azurePartnerTopic|pkcs|updated_on|current_since|tenant_name): "/,
    why: 'The service makes these values up: a proof for the DNS, the other end of a stream, a certificate, a time, the name of the tenant.',
  },
  {
    conversation: /./,
    everySaid: /^\/message: "(.*) \(.*\)\." recorded, "\1\." answered$/s,
    why: "The service's messages end in the description of the property, in brackets. It is Auth0's text and left out here.",
  },
  {
    conversation: /^go-Test(Flow|Form|FlowVaultConnection)Manager_/,
    said: /status \d+ recorded, 404 answered|is not in the answer/,
    why: 'The service answered the creation with 200 in September 2024 and with 201 since. The replay learns no identifier from another status, so the requests that follow name a resource that is not there.',
  },
  {
    conversation: /./,
    request: /GET \/api\/v2\/prompts\/mfa-push/,
    said: /_app_link: missing/,
    why: setUpBefore,
  },
  {
    conversation: /^go-TestHookManager_/,
    everySaid: /^\/name: "test-hook-\d+" recorded/,
    why: 'The recording has another name in its answers than in its requests.',
  },
  {
    conversation: /./,
    request: /\/custom-domains/,
    everySaid: /^\/\S*primary: false recorded, true answered$/,
    why: 'The recorded tenant had a domain before. The first domain of a tenant is its primary one, as other recordings show.',
  },
  {
    conversation: /^go-Test(BrandingManager_UniversalLogin|PromptManager_(Create|Delete|Read|Set)Partials)$/,
    request: /POST \/api\/v2\/custom-domains/,
    why: 'The name of the recorded tenant is a part of the record for the DNS; the oldest recordings spell `CNAME` in small letters.',
  },
  {
    conversation: /^go-TestCustomDomainManager_ListWithPagination/,
    request: /from=/,
    why: 'Requests the page after a checkpoint of the recorded tenant.',
  },
  { conversation: /^go-TestPromptManager_ListRendering/, request: /GET/, why: setUpBefore },
  { conversation: /^tf-TestAccCustomDomainDefault/, request: /PATCH/, why: madeBefore },
  {
    conversation: /^tf-TestAccDataSourceUserOrganizations/,
    said: /\/total: 0 recorded|\/next: not in the recorded answer/,
    why: 'Recorded in August 2026 on a tenant that counts 0 organizations beside one, and ends a list of members without a checkpoint; other recordings of that year count, and have one.',
  },
  {
    conversation: /./,
    request: /GET \/api\/v2\/organizations\/name\//,
    said: /third_party_client_access: not in/,
    why: 'Recorded before organizations had `third_party_client_access` and `is_app_entitlement_active`, as newer recordings of an organization by its id show.',
  },
  {
    conversation: /^go-TestOrganizationManager_(Delete)?Invitations?$/,
    request: /\/invitations/,
    why: setUpBefore,
  },
  {
    conversation: /^go-TestOrganizationManager_Members$/,
    said: /inexistent_user|\/roles: 1 items recorded/,
    why: 'In 2023 the service gave a role in an organization to a user who was not a member yet. Here such a role ends with the membership and begins after it.',
  },
  {
    conversation: /^go-TestOrganizationManager_ClientGrantsWithOrg/,
    request: /\/clients\?/,
    why: 'The program that recorded it wrote over the answer.',
  },
  {
    conversation: /^go-TestConnectionManager_ReadKeys/,
    said: /schema_version: not in/,
    why: olderThan('`schema_version` for connections that authenticate with a key'),
  },
  {
    conversation: /^go-TestConnectionManager_RotateKeys/,
    request: /rotate/,
    said: /key_use: not in/,
    why: olderThan('the whole key'),
  },
  {
    conversation: /^go-TestActionManager_(Bindings|Versions?)$/,
    everySaid: /runtime: "node16" recorded, "node22" answered/,
    why: 'Recorded when `node16` was the runtime of a new Action.',
  },
  {
    conversation: /^go-TestClientManager_ReadEnabledConnections/,
    why: setUpBefore,
  },
  {
    conversation: /^dcli-/,
    request: /\/clients/,
    everySaid: /^\/(tenant|cross_origin_auth): missing$/,
    why: 'The recordings of the other clients, most of them newer, have these members in lists alone.',
  },
  {
    conversation: /^tf-TestAccLogStreamEventGrid/,
    said: /aws\w+: missing/,
    why: 'The recording has the answer for another stream, of another conversation.',
  },
  {
    conversation: /^tf-TestAccEventStreamAction/,
    request: /DELETE \/api\/v2\/actions/,
    why: 'The Action had been deleted by another client.',
  },
];

/**
 * @returns `undefined` if there is no reason: such a difference is a defect
 * @example
 * reasonFor(exchange) // 'The recorded tenant had this flag set before.'
 */
export function reasonFor({ name, method, path, said }: ReplayedExchange): string | undefined {
  return reasons.find(
    (reason) =>
      reason.conversation.test(name) &&
      (reason.request?.test(`${method} ${path}`) ?? true) &&
      (reason.said?.test(said.join('; ')) ?? true) &&
      said.every((one) => reason.everySaid?.test(one) ?? true),
  )?.why;
}
