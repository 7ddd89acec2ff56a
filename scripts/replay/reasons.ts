import type { ReplayedExchange } from './run-oracle.ts';

interface Reason {
  readonly conversation: RegExp;
  /** Where it is not true of the whole conversation. */
  readonly request?: RegExp;
  /** What differs, where a family has this one difference and any other is a defect. */
  readonly said?: RegExp;
  readonly why: string;
}

const olderThan = (what: string) =>
  `Recorded before the service answered ${what}. Newer recordings of the same request have it, and so has the published description.`;
const setUpBefore = 'The recorded tenant had been set up before the conversation began; an empty one cannot know how.';
const madeBefore = 'What is asked for was made before the conversation began; an empty tenant does not have it.';

/** Why the tenant answers otherwise than the recorded service did. The first that fits counts. */
const reasons: readonly Reason[] = [
  {
    conversation: /CIMD/,
    request: /clients/,
    why: 'The service made the application of a document that it fetched from the Internet. Not built here: 501, and nothing follows.',
  },
  { conversation: /^go-TestResourceServer_ACR/, why: setUpBefore },
  {
    conversation: /^tf-TestAccDataSourceResourceServer/,
    request: /auth0-dev|api%252Fv2|api%2Fv2/,
    why: 'The Management API of the recorded tenant, asked for by its own domain.',
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
    why: 'The recorded request had fewer scopes, and other applications than these were there.',
  },
  {
    conversation: /ExpressConfiguration/,
    request: /POST \/api\/v2\/clients/,
    why: 'Newer recordings answer an Express configuration without a secret and without these channels.',
  },
  {
    conversation: /./,
    request: /\/api\/v2\/clients/,
    said: /cross_origin_authentication: not in/,
    why: olderThan('`cross_origin_authentication` of every application, and while it answered a secret beside keys'),
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
    why: 'Of August 2026, and of a tenant that gives new connections `password_options`; recordings of the same year give them `passwordPolicy`.',
  },
  {
    conversation: /^go-TestConnectionManager_Read_/,
    request: /DELETE/,
    why: 'The service had not yet done with deleting it when it was asked again. Here it is gone at once.',
  },
  {
    conversation: /^(tf-TestAccConnection|go-TestCustomPasswordHashOption)$/,
    why: 'Of early 2026, when `authentication_methods` named one-time passwords for some tenants; later recordings do not.',
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
    why: 'How long the run took.',
  },
];

/**
 * @returns `undefined` where nobody has said why: such a difference is a defect
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
