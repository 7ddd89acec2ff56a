import type { JsonValue } from '../../../store/json-value.ts';
import type { Api, ApiContext } from './api-context.ts';
import { asJson } from './effect-collector.ts';

const LONGEST_SCOPE = 280;
/** The most scopes that one run may add. */
export const MOST_SCOPES = 1000;

/** `api.idToken`. */
export function idTokenApi({ collector }: ApiContext, api: () => Api) {
  return {
    setCustomClaim(name: unknown, value: unknown): Api {
      collector.record('idToken.setCustomClaim', [name, value]);
      collector.effects.idTokenClaims.push(claim(name, value));
      return api();
    },
  };
}

/** `api.accessToken`. Only the claims chain; the scope methods return nothing, as in Auth0's own runner. */
export function accessTokenApi({ collector }: ApiContext, api: () => Api) {
  const { scopes } = collector.effects;
  return {
    setCustomClaim(name: unknown, value: unknown): Api {
      collector.record('accessToken.setCustomClaim', [name, value]);
      collector.effects.accessTokenClaims.push(claim(name, value));
      return api();
    },
    addScope(value: unknown): void {
      collector.record('accessToken.addScope', [value]);
      const name = checkedScope(value);
      if (scopes.filter(([change]) => change === 'add').length >= MOST_SCOPES) {
        throw new Error(`No more than ${MOST_SCOPES} scopes can be added.`);
      }
      scopes.push(['add', name]);
    },
    removeScope(value: unknown): void {
      collector.record('accessToken.removeScope', [value]);
      scopes.push(['remove', checkedScope(value)]);
    },
  };
}

function claim(name: unknown, value: unknown): [string, JsonValue, 'set' | 'unset'] {
  const key = String(name);
  if (key === 'scope') throw new Error('The "scope" claim cannot be set.');
  const json = asJson(value);
  return json === undefined ? [key, null, 'unset'] : [key, json, 'set'];
}

/** @throws for a value that is not a scope */
export function checkedScope(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('The scope must be a string.');
  const name = value.trim();
  if (name === '') throw new Error('The scope must not be empty.');
  if (name.length > LONGEST_SCOPE) throw new Error(`The scope must not be longer than ${LONGEST_SCOPE} characters.`);
  if (/\s/.test(name)) throw new Error('The scope must not contain whitespace.');
  return name;
}
