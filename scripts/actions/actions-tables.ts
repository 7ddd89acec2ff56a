import { ACTION_LIMITS } from '../../src/tenant/actions/library/action-input.ts';
import { HANDLERS } from '../../src/tenant/actions/library/published-triggers.ts';
import { droppedClaimReason } from '../../src/tenant/actions/run/claims.ts';
import { postLoginEvent } from '../../src/tenant/actions/run/event-object.ts';
import type { LoginTransaction } from '../../src/tenant/actions/run/login-transaction.ts';
import { refreshTokenFacts, sessionFacts } from '../../src/tenant/actions/run/session-facts.ts';
import { CACHE_LIMITS } from '../../src/tenant/actions/sandbox/api/cache-api.ts';
import { EXAMPLE_GEOIP } from '../../src/tenant/actions/triggers/event-template.ts';
import type { JsonObject } from '../../src/tenant/store/json-value.ts';
import { openStore } from '../../src/tenant/store/open-store.ts';
import { apiFor } from './api-for.ts';
import { fieldPaths } from './field-paths.ts';
import { fullestLogin } from './fullest-login.ts';
import { OPAQUE, publishedFields, publishedMethods } from './published-post-login.ts';
import { RECORDS } from './sample-records.ts';
import { testMentions } from './test-mentions.ts';

/** Reasons why the tenant cannot know a field, by the beginning of its name. */
const ABSENT: Readonly<Record<string, string>> = {
  agent: 'no agents here',
  'authentication.riskAssessment': 'risks are not assessed here',
  prompt: 'forms are not simulated',
  'refresh_token.device.initial_asn': 'no networks are known',
  'refresh_token.device.last_asn': 'no networks are known',
  'refresh_token.session_transfer': 'no session transfer here',
  'request.asn': 'no networks are known',
  security_context: 'no fingerprints are taken',
  'session.actor': 'no impersonation here',
  'session.device.initial_asn': 'no networks are known',
  'session.device.last_asn': 'no networks are known',
  'session.session_transfer': 'no session transfer here',
  session_transfer_token: 'no session transfer here',
  'transaction.actor': 'no token exchange here',
  'transaction.actor_token_type': 'no token exchange here',
  'transaction.correlation_id': 'not passed on',
  'transaction.linking_id': 'no rich authorization here',
  'transaction.requested_authorization_details': 'no rich authorization here',
  'transaction.subject_token_type': 'no token exchange here',
};

/**
 * The tables of docs/actions.md, as Markdown: every field of the event and every method of `api`, and whether it works here.
 *
 * @throws Error if a published field or method is neither implemented nor listed as absent, is both, or has
 *   no test
 * @example
 * const markdown = actionsTables();
 */
export function actionsTables(): string {
  const find = testMentions();
  return [methodsTable(find), triggersTable(find), claimsTable(), fieldsTable(), limitsTable()].join('\n\n');
}

type Find = ReturnType<typeof testMentions>;

function methodsTable(find: Find): string {
  const api = apiFor('onExecutePostLogin');
  const extra = Object.entries(api).flatMap(([space, methods]) =>
    Object.keys(methods).filter((name) => !publishedMethods[space]?.includes(name)),
  );
  if (extra.length > 0) throw new Error(`Methods that Auth0 has not published: ${extra.join(', ')}`);
  const rows = Object.entries(publishedMethods).flatMap(([space, methods]) =>
    methods.map((name) => {
      const method: unknown = api[space]?.[name];
      if (typeof method !== 'function') throw new Error(`api.${space}.${name} does not exist.`);
      const loud = failsLoudly(method as () => unknown);
      const test = find(loud ? [/not_simulated/] : testPatterns(space, name));
      if (test === undefined) throw new Error(`No test covers api.${space}.${name}.`);
      return { name: `\`api.${space}.${name}\``, state: loud ? 'fails loudly' : 'supported', test };
    }),
  );
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  return [
    '### Methods of `api`',
    '',
    `${rows.length} are published; ${count('supported')} are supported, and ${count('fails loudly')} fail the login with an error that says that this tenant does not simulate them. None is ignored.`,
    '',
    '| method | | test |',
    '|---|---|---|',
    ...rows.map(({ name, state, test }) => `| ${name} | ${state} | \`${test}\` |`),
  ].join('\n');
}

/** Patterns for a test of the method itself, then a test of its namespace that calls it, then any test that calls it. */
function testPatterns(space: string, name: string): RegExp[] {
  return [
    new RegExp(`describe\\('api\\.${space}\\.${name}'`),
    new RegExp(`describe\\('api\\.${space}'[^]*\\.${name}\\(`),
    new RegExp(`api\\.${space}\\.${name}\\(`),
    new RegExp(`api\\.${space}\\.[^;\\n]*\\.${name}\\(`),
    new RegExp(`'${space}\\.${name}'`),
  ];
}

/** Whether the method throws that it is not simulated, with any arguments. */
function failsLoudly(method: () => unknown): boolean {
  try {
    const answer = method();
    if (answer instanceof Promise) answer.catch(() => {});
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'not_simulated';
  }
}

function triggersTable(find: Find): string {
  const rows = Object.entries(HANDLERS).map(([trigger, handler]) => {
    const api = apiFor(handler);
    const test = find(
      trigger === 'post-login'
        ? [/describe\('real Actions'/]
        : [new RegExp(`bind\\(\\s*'${trigger}'`), new RegExp(`'${trigger}'`)],
    );
    if (test === undefined) throw new Error(`No test covers ${trigger}.`);
    const spaces = Object.keys(api).map((space) => `\`${space}\``);
    const available = trigger === 'post-login' ? 'all of the above' : spaces.join(', ');
    return `| \`${trigger}\` | \`${handler}\` | ${available} | \`${test}\` |`;
  });
  return ['### Triggers that run', '', '| trigger | export | `api` | test |', '|---|---|---|---|', ...rows].join('\n');
}

const CLAIMS = [
  ['roles', 'id_token', false],
  ['groups', 'access_token', false],
  ['permissions', 'access_token', false],
  ['sub', 'id_token', false],
  ['org_id', 'id_token', false],
  ['urn:auth0:roles', 'id_token', false],
  ['https://example.auth0.com/roles', 'id_token', false],
  ['department', 'id_token', false],
  ['department', 'access_token', true],
  ['https://app.example.com/roles', 'id_token', false],
  ['https://app.example.com/roles', 'access_token', true],
  ['email', 'access_token', true],
] as const;

function claimsTable(): string {
  const rows = CLAIMS.map(([claim, token, ownApi]) => {
    const reason = droppedClaimReason(claim, { token, isSystemApi: ownApi });
    const of = token === 'id_token' ? 'ID token' : ownApi ? 'access token of the Management API' : 'access token';
    return `| \`${claim}\` | ${of} | ${reason === undefined ? 'carried' : `dropped: ${reason}`} |`;
  });
  return [
    '### Claims that are dropped',
    '',
    'The login goes on without them, as on Auth0; the execution names each with its reason (`test/actions/claims.test.ts`).',
    '',
    '| claim | token | |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function fieldsTable(): string {
  const filled = new Set(fieldPaths(fullestEvent(), OPAQUE));
  const unknown = [...filled].filter((field) => !publishedFields.includes(field));
  if (unknown.length > 0) throw new Error(`Fields that Auth0 has not published: ${unknown.join(', ')}`);
  const used = new Set<string>();
  const rows = publishedFields.map((field) => {
    const reason = Object.entries(ABSENT).find(([name]) => field === name || field.startsWith(`${name}.`));
    if (reason !== undefined) used.add(reason[0]);
    if (filled.has(field) === (reason !== undefined)) {
      throw new Error(
        `event.${field} is ${reason === undefined ? 'absent, and ABSENT has no reason for it' : 'filled, although ABSENT lists it'}.`,
      );
    }
    return `| \`event.${field}\` | ${reason === undefined ? 'filled' : `absent: ${reason[1]}`} |`;
  });
  const stale = Object.keys(ABSENT).filter((name) => !used.has(name));
  if (stale.length > 0) throw new Error(`Listed in ABSENT, but not published: ${stale.join(', ')}`);
  const count = publishedFields.filter((field) => filled.has(field)).length;
  return [
    '### Fields of `event`',
    '',
    `${publishedFields.length} are published; ${count} are filled if the login has them. A field that cannot be known here is absent, never made up. \`test/actions/event.test.ts\` shows each filled field with its value.`,
    '',
    '| field | |',
    '|---|---|',
    ...rows,
  ].join('\n');
}

/** The event as an Action receives it, for a login with all data. */
function fullestEvent(): JsonObject {
  const store = openStore({ memory: true });
  try {
    const { client, connection, user } = RECORDS;
    store.clients.insert(client);
    store.connections.insert(connection);
    store.users.insert(user);
    const transaction: LoginTransaction = fullestLogin(store, RECORDS);
    const event = postLoginEvent(transaction, {
      tenantName: 'test',
      roles: ['Reader'],
      enrolledFactors: ['otp'],
      multifactor: ['google-authenticator'],
      transactionMetadata: {},
      session: sessionFacts(store, transaction.session?.id),
      refreshToken: refreshTokenFacts(store, transaction),
      loopbackGeoip: EXAMPLE_GEOIP,
      recordedMethods: [],
    });
    // The sandbox adds the secrets; no other part has them.
    return { ...event, secrets: {} };
  } finally {
    store.close();
  }
}

function limitsTable(): string {
  const rows: [string, string][] = [
    ['code of an Action', `${ACTION_LIMITS.code / 1024} kB`],
    ['secrets of an Action', `${ACTION_LIMITS.secrets}, each ${ACTION_LIMITS.secretValue} characters`],
    ['dependencies of an Action', `${ACTION_LIMITS.dependencies}`],
    ['modules of an Action', `${ACTION_LIMITS.modulesUsed}`],
    ['Actions of a tenant, of a trigger', `${ACTION_LIMITS.actions}, ${ACTION_LIMITS.bindings}`],
    ['versions stored of an Action', `${ACTION_LIMITS.versions}`],
    [
      '`api.cache`',
      `${CACHE_LIMITS.entries} entries; a key ${CACHE_LIMITS.key} bytes, a value ${CACHE_LIMITS.value}, all ${CACHE_LIMITS.total}; a day`,
    ],
  ];
  return [
    '### Limits of Auth0 that hold here',
    '',
    '| | |',
    '|---|---|',
    ...rows.map(([what, limit]) => `| ${what} | ${limit} |`),
  ].join('\n');
}
