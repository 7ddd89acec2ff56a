import { isEdited, readFingerprint, readSecretDigests, secretDigest } from '../../../action/fingerprint.ts';
import { GATE_RUNTIME, GATE_SECRET, GATE_TRIGGER } from '../../desired-state.ts';
import { type Check, fail, pass, warn } from '../check.ts';
import { ADOPT, APPLY, CHANGED } from '../remedies.ts';

/** Checks of the Action that runs in logins. */
export const actionChecks: readonly Check[] = [
  {
    id: 'action_present',
    title: 'the Action exists, is deployed, and was created by Portcullis',
    async run({ snapshot }) {
      const { action } = await snapshot();
      if (action === undefined) return fail('no Action with our name', APPLY);
      if (!action.owned) return fail(`Action ${action.id} with our name, not created by Portcullis`, ADOPT);
      return action.deployedCode === undefined ? fail(`Action ${action.id}, never deployed`, APPLY) : pass(action.id);
    },
  },
  {
    id: 'action_intact',
    title: 'the running code has not been edited',
    async run({ action }) {
      const { deployedCode = '' } = await action();
      const looked = `sha256-${readFingerprint(deployedCode)?.slice(0, 12)}`;
      return isEdited(deployedCode) ? fail(`${looked} is not what its header states`, APPLY) : pass(looked);
    },
  },
  {
    id: 'action_current',
    title: 'the running code was generated from this policy',
    async run({ action, wanted }) {
      const bundle = await wanted();
      const runs = readFingerprint((await action()).deployedCode ?? '');
      if (bundle === undefined) return fail('something that the Action needs does not exist yet', APPLY);
      return runs === bundle.fingerprint
        ? pass(`sha256-${bundle.fingerprint.slice(0, 12)}`)
        : fail(
            `runs sha256-${runs?.slice(0, 12)}, made from this policy sha256-${bundle.fingerprint.slice(0, 12)}`,
            CHANGED,
          );
    },
  },
  {
    id: 'action_deployed',
    title: 'the draft is the running version',
    async run({ action }) {
      const { allChangesDeployed } = await action();
      return allChangesDeployed
        ? pass('all changes are deployed')
        : warn('the draft has changes that do not run', 'Discard them: portcullis apply');
    },
  },
  {
    id: 'action_trigger',
    title: 'the Action belongs to the current post-login trigger',
    async run({ action }) {
      const { trigger, triggerVersion } = await action();
      const looked = `${trigger} ${triggerVersion ?? ''}`.trim();
      if (trigger !== GATE_TRIGGER.id) return fail(looked, 'Rename it in Auth0, then: portcullis apply');
      return triggerVersion === GATE_TRIGGER.version
        ? pass(looked)
        : fail(looked, `Delete it (portcullis destroy), then create it with ${GATE_TRIGGER.version}: portcullis apply`);
    },
  },
  {
    id: 'action_runtime',
    title: 'the Action runs in the current runtime',
    async run({ action }) {
      const { runtime } = await action();
      return runtime === GATE_RUNTIME ? pass(runtime) : fail(`${runtime ?? 'unknown'}`, APPLY);
    },
  },
  {
    id: 'action_dependencies',
    title: 'the Action needs no package',
    async run({ action }) {
      const { dependencies } = await action();
      return dependencies.length === 0 ? pass('none') : fail(dependencies.join(', '), APPLY);
    },
  },
  {
    id: 'secret_present',
    title: 'the Action has its secret',
    async run({ action }) {
      const { secretNames } = await action();
      const looked = secretNames.length === 0 ? 'no secrets' : secretNames.join(', ');
      return secretNames.includes(GATE_SECRET) ? pass(looked) : fail(looked, APPLY);
    },
  },
  {
    id: 'secret_current',
    title: 'the secret is the one of its application',
    async run({ action, snapshot }) {
      const own = (await snapshot()).machines.find(({ owned }) => owned);
      const stated = readSecretDigests((await action()).deployedCode ?? '')[GATE_SECRET];
      if (own?.clientSecret === undefined) {
        return warn('the secret of the application cannot be read', 'Give these credentials read:client_keys.');
      }
      return stated === secretDigest(GATE_SECRET, own.clientSecret)
        ? pass(stated)
        : fail('the application has another secret: it was rotated since', APPLY);
    },
  },
];
