import type { ReplayedExchange } from './run-oracle.ts';

interface Reason {
  readonly conversation: RegExp;
  /** Set if the reason does not hold for the whole conversation. */
  readonly request?: RegExp;
  /** The difference that the reason explains, if any other difference in these conversations is a defect. */
  readonly said?: RegExp;
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
      (reason.said?.test(said.join('; ')) ?? true),
  )?.why;
}
