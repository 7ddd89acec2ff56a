import { type Check, fail, pass, warn } from '../check.ts';
import { APPLY } from '../remedies.ts';
import type { OtherAction } from '../verify-facts.ts';

/** What makes another person out of whoever signs in. */
const CHANGES_USER = /\bsetPrimaryUser(Id)?\b/;

/** The login flow: that the Action runs, and that nothing undoes it. */
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
    title: 'nothing before the Action changes who signs in',
    async run({ others }) {
      const before = (await others()).filter(({ place }) => place === 'before');
      const changing = before.filter(({ code }) => CHANGES_USER.test(code));
      if (changing.length === 0) return pass(listOf(before));
      return warn(
        `${listOf(changing)} makes another the primary user`,
        'See that the roles of the one who then signs in are meant. Put the gate in front of it with `position` in the configuration.',
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
          'Take the claim out of it, or set `position` to "last" in the configuration: portcullis apply',
        );
      }
      if (touching.length === 0) return pass(listOf(all));
      return warn(
        `${listOf(touching)} names the claim ${claim}, too`,
        'It is overwritten by the gate; take it out there.',
      );
    },
  },
];

function listOf(actions: readonly OtherAction[]): string {
  return actions.length === 0 ? 'nothing else there' : actions.map(({ name }) => `"${name}"`).join(', ');
}
