import type { JsonObject } from '../../store/json-value.ts';
import { invalidBody } from '../http/api-error.ts';

const lifetimes = [
  'session_lifetime',
  'idle_session_lifetime',
  'ephemeral_session_lifetime',
  'idle_ephemeral_session_lifetime',
] as const;

/**
 * Settings with session lifetimes in hours, as they are stored and returned, regardless of the unit in the request.
 *
 * @throws ApiError 400 `invalid_body` if a lifetime has both units
 * @example
 * lifetimesInHours({ session_lifetime_in_minutes: 90 }) // { session_lifetime: 1.5 }
 */
export function lifetimesInHours(settings: JsonObject): JsonObject {
  const next = { ...settings };
  for (const name of lifetimes) {
    const minutes = next[`${name}_in_minutes`];
    delete next[`${name}_in_minutes`];
    if (typeof minutes !== 'number') continue;
    if (next[name] !== undefined) {
      throw invalidBody(`Cannot specify both ${name} and ${name}_in_minutes.`);
    }
    next[name] = minutes / 60;
  }
  return next;
}
