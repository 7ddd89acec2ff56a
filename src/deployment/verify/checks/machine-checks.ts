import { GATE_SCOPES } from '../../desired-state.ts';
import { type Check, fail, pass, warn } from '../check.ts';
import { APPLY } from '../remedies.ts';

/** Checks of the Action's own application: it can do what it must, and nothing more. */
export const machineChecks: readonly Check[] = [
  {
    id: 'machine_application',
    title: 'the Action’s own application can only get a token',
    async run({ machine }) {
      const { grant_types, callbacks, client_id } = await machine();
      const looked = `${client_id}: ${(grant_types ?? []).join(', ')}`;
      if (!grant_types?.includes('client_credentials')) return fail(looked, 'Allow it client_credentials in Auth0.');
      return grant_types.length === 1 && (callbacks ?? []).length === 0
        ? pass(looked)
        : warn(
            `${looked}; ${(callbacks ?? []).length} callback URLs`,
            'No user signs in with it: remove the rest in Auth0.',
          );
    },
  },
  {
    id: 'grant_sufficient',
    title: 'its grant has every scope that the Action needs',
    async run({ snapshot }) {
      const held = (await snapshot()).grant?.scopes ?? [];
      const missing = GATE_SCOPES.filter((scope) => !held.includes(scope));
      return missing.length === 0 ? pass(held.join(' ')) : fail(`missing: ${missing.join(' ')}`, APPLY);
    },
  },
  {
    id: 'grant_minimal',
    title: 'its grant has no other scope',
    async run({ snapshot }) {
      const held = (await snapshot()).grant?.scopes;
      if (held === undefined) return pass('there is no grant yet');
      const more = held.filter((scope) => !GATE_SCOPES.some((one) => one === scope));
      return more.length === 0 ? pass(held.join(' ')) : fail(`more than needed: ${more.join(' ')}`, APPLY);
    },
  },
];
