import type { Management } from 'auth0';
import { UNVERIFIED_NAME_REMEDY, unverifiedNameWarning } from '../../unverified-name.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';

/** Where Auth0 has an e-mail address confirmed by itself, or the provider has and says so. */
const CONFIRMING: Readonly<Record<string, string>> = {
  auth0: 'Auth0 sends a mail to confirm the address',
  email: 'the code goes to the address',
  'google-oauth2': 'Google confirms addresses',
};

/** What people can sign in with. */
export const connectionChecks: readonly Check[] = [
  {
    id: 'connections_enabled',
    title: 'people have something to sign in with',
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
    title: 'no address that nobody confirmed becomes a name in APEX',
    async run({ desired }) {
      const warning = unverifiedNameWarning(desired.policy);
      return warning === undefined
        ? pass('the policy refuses unverified addresses')
        : warn(warning, UNVERIFIED_NAME_REMEDY);
    },
  },
  {
    id: 'emails_verifiable',
    title: 'whoever signs in can have a confirmed e-mail address',
    async run(facts) {
      const { unverifiedEmail } = facts.desired.policy;
      if (unverifiedEmail === 'admit') return pass('the policy does not ask for it');
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
    return fail(`${name}: people have a phone number and no e-mail address`, 'Turn it off for this application.');
  }
  const trust: unknown = options?.should_trust_email_verified_connection;
  if (trust === 'always_set_emails_as_verified') return pass(`${name}: its addresses count as confirmed`);
  if (trust === 'never_set_emails_as_verified') {
    return fail(
      `${name}: its addresses never count as confirmed, so the policy refuses everybody who comes with it`,
      'Set Email Verification of the connection to "Always set email_verified to true" if you trust it.',
    );
  }
  return warn(
    `${name} (${strategy}): an address counts as confirmed where the provider says so`,
    'Look at somebody who came with it in Auth0: User Management > Users > Email, verified or not.',
  );
}
