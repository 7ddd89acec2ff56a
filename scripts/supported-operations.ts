import { createTenantLog } from '../src/tenant/logs/tenant-log.ts';
import type { PublishedOperation } from '../src/tenant/management/description/published-operation.ts';
import { describedOperations, publishedOperations } from '../src/tenant/management/description/published-operations.ts';
import { unpublishedOperations } from '../src/tenant/management/description/unpublished-operations.ts';
import { builtOperations } from '../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../src/tenant/management/management-dependencies.ts';
import { openStore } from '../src/tenant/store/open-store.ts';
import { type Reached, readReached } from './replay/reached.ts';
import { formatReplayed, recordingsSection } from './replay/recordings-section.ts';

type State = 'effective' | 'kept' | 'absent';

/** The effect that a kept operation has, or the part of it that is missing here. */
const limits: Readonly<Record<string, string>> = {
  'PATCH /branding': 'the pages have the colours, the logo and the font; the favicon is only kept',
  'PUT /email-templates/{templateName}':
    'verify_email, welcome_email, reset_email, blocked_account, mfa_oob_code and user_invitation; others are only kept',
  'PUT /prompts/{prompt}/custom-text/{language}': 'of the screens login and signup; others are only kept',
  'PUT /prompts/{prompt}/partials': 'of the screens login and signup; others are only kept',
  'PATCH /attack-protection/brute-force-protection': 'sign-ins with a password are refused, and mails sent, as it says',
  'PUT /guardian/policies':
    'all-applications asks for a factor at every login; logins are not rated for confidence-score',
  'PATCH /attack-protection/suspicious-ip-throttling':
    'once it was set, sign-ins and sign-ups are refused as it says; the administrators get no mail, and token exchange is only kept',
  'POST /log-streams': 'a webhook on this machine receives the log; other streams are only kept, and so is pii_config',
  'GET /connections/{id}/status': 'always offline: no connector reaches a local tenant',
  'POST /custom-domains/{id}/test': 'never succeeds: no name leads to a local tenant',
  'POST /guardian/enrollments/ticket': 'the link has no page: users enroll when they sign in',
  'GET /groups': 'empty: no directory is read',
  'GET /organizations/{organization_id}/groups': 'empty: no directory is read',
  'POST /branding/phone/providers/{id}/try': 'the message is in the outbox',
  'POST /branding/phone/templates/{id}/try': 'the message is in the outbox, not rendered',
  'POST /keys/encryption/{kid}': 'checked: data is not encrypted',
  'POST /organizations/{id}/invitations': 'the mail is in the outbox',
};

/** Paths of families without a table of their own that a login, a page or a mail reads all the same. Tests of these hold that it does. */
const read = new Set([
  // test/tenant/universal-login/branding-css.test.ts, screen-content.test.ts
  '/branding',
  '/prompts/{prompt}/custom-text/{language}',
  '/prompts/{prompt}/partials',
  // test/tenant/mails/mail-templates.test.ts
  '/email-templates',
  '/email-templates/{templateName}',
  // test/tenant/authentication/brute-force-settings.test.ts
  '/attack-protection/brute-force-protection',
  // test/tenant/authentication/address-throttle.test.ts
  '/attack-protection/suspicious-ip-throttling',
  '/anomaly/blocks/ips/{id}',
  // test/tenant/logs/log-delivery.test.ts
  '/log-streams',
  '/log-streams/{id}',
  // test/tenant/authentication/factor-policy.test.ts
  '/guardian/policies',
  '/organizations/{id}/invitations',
]);

/**
 * The page that lists which operations of Auth0's published description the tenant answers, as Markdown.
 *
 * @throws Error if an operation is registered that the description does not have, or is registered twice
 * @example
 * writeFileSync('docs/supported.md', supportedOperations());
 */
export function supportedOperations(): string {
  const operationStates = registeredOperations();
  const reached = readReached();
  const states = publishedOperations.map((published) => operationStates.get(operationKey(published)) ?? 'absent');
  const count = (state: State) => states.filter((other) => other === state).length;
  const groups = Map.groupBy(publishedOperations, ({ path }) => path.split('/')[1] ?? '');
  groups.set('Beyond the published description', [...unpublishedOperations]);
  const sections = [...groups].map(([group, operations]) => {
    const rows = operations.map((published) => {
      const { method, path, name } = published;
      const state = operationStates.get(operationKey(published)) ?? 'absent';
      const limit = limits[`${method} ${path}`];
      return `| \`${method} ${path}\` | \`${name}\` | ${state}${limit === undefined ? '' : `; ${limit}`} | ${formatReplayed(reached, `${method} ${path}`)} |`;
    });
    return [`## ${group}`, '', '| operation | name | | replayed |', '|---|---|---|---|', ...rows].join('\n');
  });
  return `${[introduction(count, reached), ...sections, recordingsSection(reached)].join('\n\n')}\n`;
}

function introduction(count: (wanted: State) => number, reached: Reached): string {
  return `# Operations of the Management API

Generated by \`npm run supported\` from Auth0's published description of the Management API v2 and from the operations that the tenant registers.

| | operations |
|---|---|
| published | ${publishedOperations.length} |
| effective | ${count('effective')} |
| kept | ${count('kept')} |
| absent | ${count('absent')} |

- **effective**: a login, a token, a page, an e-mail or the log is different for it.
- **kept**: validated, stored, shown, listed, changed, removed and exported as on Auth0; nothing else in the tenant looks at it.
- **absent**: refused with the code \`operation_not_built\`, a read with 404 and any other method with 400, after the token
  and its scopes have been checked.
- **replayed**: how many of the recorded requests are answered as the real service answered, including all values that it does not
  generate; empty if there is no recording. ${Object.keys(reached.operations).length} operations were recorded.`;
}

function registeredOperations(): Map<string, State> {
  const published = new Set(describedOperations.map(operationKey));
  const states = new Map<string, State>();
  const store = openStore({ memory: true });
  try {
    const audience = 'https://localhost/api/v2/';
    // Operations are listed and never called, so the dependencies that only a call needs are missing.
    const dependencies = { store, log: createTenantLog(store), audience } as unknown as ManagementDependencies;
    for (const { method, path, described } of builtOperations(dependencies)) {
      const key = `${method} ${path}`;
      if (!published.has(key)) throw new Error(`${key} is registered, but not in the published description.`);
      if (states.has(key)) throw new Error(`${key} is registered twice.`);
      states.set(key, described === undefined || read.has(path) ? 'effective' : 'kept');
    }
  } finally {
    store.close();
  }
  return states;
}

function operationKey({ method, path }: PublishedOperation): string {
  return `${method} ${path}`;
}
