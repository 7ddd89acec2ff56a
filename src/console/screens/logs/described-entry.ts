import type { Management } from 'auth0';
import { isTrouble, nameOfLogType } from './log-type.ts';

/** A log entry in words. */
export interface DescribedEntry {
  readonly name: string;
  readonly description: string | undefined;
  readonly trouble: boolean;
}

/** The name of a login that the policy refused, on every screen. */
export const REFUSED = 'Refused';

/**
 * Describes a log entry.
 *
 * @param refusal why the policy refused the login that the entry belongs to. Such a login is logged as the logout that leads to
 *   the landing page, on Auth0 as well: it is described as the refusal that it is.
 * @example
 * describeEntry({ type: 's' }) // { name: 'Success Login', description: undefined, trouble: false }
 */
export function describeEntry({ type = '', description }: Management.Log, refusal?: string): DescribedEntry {
  if (type === 'slo' && refusal !== undefined) return { name: REFUSED, description: refusal, trouble: true };
  return { name: nameOfLogType(type), description: description ?? undefined, trouble: isTrouble(type) };
}
