import { type Check, fail, pass, warn } from '../check.ts';
import { APPLY, GRANT } from '../remedies.ts';
import type { OtherAction } from '../verify-facts.ts';

/** A call that changes which user signs in. */
const CHANGES_USER = /\bsetPrimaryUser(Id)?\b/;

const CHANGES_USER_REMEDY =
  'Make sure that the roles of the new primary user are the intended ones. Put the gate before it with `position` in the configuration.';

/** A call that ends a login with an error at APEX. Calls by another name are not found. */
const DENIES = /\baccess\s*\??\.\s*deny\b/;
const LOOP = 'APEX asks a denied user to sign in again, and the browser goes round in circles';
const DENIES_REMEDY =
  'Let the policy refuse them instead, or redirect there as the gate does: api.redirect.sendUserTo the tenant’s /v2/logout with returnTo.';

const FACTORS_SCOPE = 'read:guardian_factors';
const ENABLE_FACTOR = 'In Auth0: Security > Multi-factor Auth > enable a factor, such as One-time Password.';

/** Checks of the login flow: that the Action runs, and that no other Action undoes it. */
export const flowChecks: readonly Check[] = [
  {
    id: 'action_bound',
    title: 'the Action is in the login flow',
    async run({ action, snapshot }) {
      const { id } = await action();
      const { bindings } = await snapshot();
      const looked = bindings.map(({ displayName, actionName }) => displayName ?? actionName).join(' > ') || 'empty';
      return bindings.some(({ actionId }) => actionId === id) ? pass(looked) : fail(looked, APPLY);
    },
  },
  {
    id: 'flow_before',
    title: 'nothing before the Action changes who signs in, and no Action denies access',
    async run({ others }) {
      const all = await others();
      const before = all.filter(({ place }) => place === 'before');
      const changing = before.filter(({ code }) => CHANGES_USER.test(code));
      // Wherever it stands: the browser comes back with the error.
      const denying = all.filter(({ code }) => DENIES.test(code));
      const findings = [
        ...changing.map((one) => warn(`${listOf([one])} changes the primary user`, CHANGES_USER_REMEDY)),
        ...denying.map((one) => warn(`${listOf([one])} calls api.access.deny: ${LOOP}`, DENIES_REMEDY)),
      ];
      return findings.length === 0 ? pass(listOf(before)) : findings;
    },
  },
  {
    id: 'factor_enabled',
    title: 'users can pass the factor that rules ask for',
    async run({ desired, scopes, factors }) {
      const asking = (desired.policy.admit ?? []).filter(({ mfa }) => mfa === true).map(({ rule }) => `"${rule}"`);
      if (asking.length === 0) return pass('no rule asks for a factor');
      if (!(await scopes()).includes(FACTORS_SCOPE)) return warn(`without the scope ${FACTORS_SCOPE}`, GRANT);
      // A recovery code stands in for another factor.
      const enabled = (await factors()).filter((name) => name !== 'recovery-code');
      return enabled.length > 0
        ? pass(`${asking.join(', ')}; enabled: ${enabled.join(', ')}`)
        : fail(`${asking.join(', ')} asks for a factor, and none is enabled: the login is refused`, ENABLE_FACTOR);
    },
  },
  {
    id: 'flow_cache',
    title: 'no other Action uses the gate’s cache keys',
    async run({ others }) {
      const all = await others();
      const naming = all.filter(({ code }) => code.includes('portcullis:'));
      if (naming.length === 0) return pass(listOf(all));
      return warn(
        `${listOf(naming)} names a cache key that begins with portcullis:`,
        'All Actions of the login share the cache. The token there is encrypted, so it cannot be read; check what that Action is for.',
      );
    },
  },
  {
    id: 'flow_packages',
    title: 'no other Action of the login runs npm packages',
    async run({ others }) {
      const all = await others();
      const installing = all.filter(({ packages }) => packages.length > 0);
      if (installing.length === 0) return pass(listOf(all));
      return installing.map((one) =>
        warn(
          `${listOf([one])} runs ${one.packages.join(', ')}`,
          'Its packages run in every login, and can deny it or overwrite claims: make sure that their versions are exact and trusted.',
        ),
      );
    },
  },
  {
    id: 'flow_after',
    title: 'nothing overwrites the claim',
    async run({ others, desired }) {
      const all = await others();
      const { claim } = desired.policy;
      const touching = all.filter(({ code }) => code.includes(claim));
      const after = touching.filter(({ place }) => place === 'after');
      if (after.length > 0) {
        return fail(
          `${listOf(after)} runs after the Action and names the claim ${claim}`,
          'Remove the claim from it, or set `position` to "last" in the configuration: portcullis apply',
        );
      }
      if (touching.length === 0) return pass(listOf(all));
      return warn(`${listOf(touching)} names the claim ${claim}, too`, 'The gate overwrites it; remove it there.');
    },
  },
];

function listOf(actions: readonly OtherAction[]): string {
  return actions.length === 0 ? 'nothing else there' : actions.map(({ name }) => `"${name}"`).join(', ');
}
