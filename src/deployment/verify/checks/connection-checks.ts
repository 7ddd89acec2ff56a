import type { Management } from 'auth0';
import { UNVERIFIED_NAME_REMEDY, unverifiedNameWarning } from '../../unverified-name.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';

/** Strategies for which Auth0 verifies an e-mail address itself, or the provider does. */
const CONFIRMING: Readonly<Record<string, string>> = {
  auth0: 'Auth0 sends a mail to verify the address',
  email: 'the code goes to the address',
  'google-oauth2': 'Google verifies addresses',
};

/** Checks of the connections that users can sign in with. */
export const connectionChecks: readonly Check[] = [
  {
    id: 'connections_enabled',
    title: 'users have a connection to sign in with',
    async run(facts) {
      const findings: Finding[] = [];
      for (const { client_id = '', name } of await facts.guarded()) {
        const connections = await facts.connections(client_id);
        const list = connections.map((one) => `${one.name} (${one.strategy})`).join(', ');
        findings.push(
          connections.length > 0
            ? pass(`"${name}": ${list}`)
            : fail(`"${name}": no connection`, 'Turn one on in Auth0: Applications > Connections.'),
        );
      }
      return findings;
    },
  },
  {
    id: 'names_verified',
    title: 'no unverified address becomes a username in APEX',
    async run({ desired }) {
      const warning = unverifiedNameWarning(desired.policy);
      return warning === undefined
        ? pass('the policy refuses unverified addresses')
        : warn(warning, UNVERIFIED_NAME_REMEDY);
    },
  },
  {
    id: 'emails_verifiable',
    title: 'every user can have a verified e-mail address',
    async run(facts) {
      const { unverifiedEmail } = facts.desired.policy;
      if (unverifiedEmail === 'admit') return pass('the policy does not require it');
      const findings = new Map<string, Finding>();
      for (const { client_id = '' } of await facts.guarded()) {
        for (const connection of await facts.connections(client_id)) {
          findings.set(connection.name ?? '', verifiability(connection));
        }
      }
      return findings.size === 0
        ? fail('no connection', 'Turn one on in Auth0: Applications > Connections.')
        : [...findings.values()];
    },
  },
];

function verifiability({ name, strategy = '', options }: Management.ConnectionForList): Finding {
  const known = CONFIRMING[strategy];
  if (known !== undefined) return pass(`${name}: ${known}`);
  if (strategy === 'sms') {
    return fail(`${name}: users have a phone number and no e-mail address`, 'Turn it off for this application.');
  }
  const trust: unknown = options?.should_trust_email_verified_connection;
  if (trust === 'always_set_emails_as_verified') return pass(`${name}: its addresses count as verified`);
  if (trust === 'never_set_emails_as_verified') {
    return fail(
      `${name}: its addresses never count as verified, so the policy refuses every user of the connection`,
      'Set Email Verification of the connection to "Always set email_verified to true" if you trust it.',
    );
  }
  return warn(
    `${name} (${strategy}): an address counts as verified if the provider says so`,
    'Check a user of the connection in Auth0: User Management > Users > Email, verified or not.',
  );
}
