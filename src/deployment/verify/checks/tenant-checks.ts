import { parseLiveLock } from '../../lock-value.ts';
import { FURTHER_SCOPES, NEEDED_SCOPES } from '../../needed-scopes.ts';
import { type Check, fail, pass, warn } from '../check.ts';
import { GRANT } from '../remedies.ts';

const CLOCK_TOLERANCE = 60_000;

/** Checks of the tenant itself, and of our access to it. */
export const tenantChecks: readonly Check[] = [
  {
    id: 'tenant_reachable',
    title: 'the tenant answers, and its certificate is trusted',
    async run({ desired: { domain }, discovery }) {
      const { issuer } = await discovery();
      const looked = `https://${domain}/.well-known/openid-configuration, issuer ${issuer}`;
      return issuer?.startsWith('https://') || issuer?.startsWith('http://localhost')
        ? pass(looked)
        : fail(looked, 'Check that AUTH0_DOMAIN names a tenant.');
    },
  },
  {
    id: 'clocks_agree',
    title: 'the tenant’s clock and this machine’s agree',
    async run({ discovery }) {
      const { clockAhead } = await discovery();
      if (clockAhead === undefined) return warn('the tenant does not send its time', 'Nothing has to be done.');
      const seconds = Math.round(Math.abs(clockAhead) / 1000);
      const looked = `the tenant is ${seconds} s ${clockAhead < 0 ? 'behind' : 'ahead'}`;
      return Math.abs(clockAhead) < CLOCK_TOLERANCE
        ? pass(looked)
        : fail(looked, 'Set the clock of this machine: tokens and the lock of apply depend on it.');
    },
  },
  {
    id: 'credentials_scopes',
    title: 'the credentials in use may do what the commands need',
    async run({ scopes }) {
      const held = await scopes();
      const missing = NEEDED_SCOPES.filter((scope) => !held.includes(scope));
      if (missing.length > 0) return fail(`missing: ${missing.join(' ')}`, GRANT);
      const lacking = Object.entries(FURTHER_SCOPES).filter(([scope]) => !held.includes(scope));
      if (lacking.length === 0) return pass(`${held.length} scopes`);
      return warn(`without ${lacking.map(([scope, command]) => `${scope} (${command})`).join(', ')}`, GRANT);
    },
  },
  {
    id: 'no_apply_running',
    title: 'no apply is running or was left incomplete',
    async run({ snapshot }) {
      const { machines } = await snapshot();
      const lock = machines.find(({ owned }) => owned)?.lock;
      if (lock === undefined) return pass('no lock');
      return parseLiveLock(lock, Date.now()) === undefined
        ? warn('a lock that has expired: an apply was killed', 'Finish it: portcullis apply')
        : warn('an apply is running', 'Wait until it is done.');
    },
  },
];
