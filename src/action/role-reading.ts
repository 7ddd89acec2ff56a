//! Reads the roles that the user holds. A list that cannot be read is never treated as empty.

import type { EffectiveRoles } from './action-api.ts';
import type { PostLoginEvent } from './action-event.ts';
import { callManagementApi } from './call-management-api.ts';
import type { LoginBudget } from './login-budget.ts';
import { ManagementFailure } from './management-failure.ts';
import type { TokenSource } from './management-token.ts';

const PAGE = 100;
/** A tenant has at most 1000 roles (Auth0 docs, "Entity Limit Policy"). */
const MOST_PAGES = 20;
/** Leaves time for the Management API if the runtime does not answer. */
const RUNTIME_MS = 1000;

/**
 * Returns the roles in the event; `undefined` if it has none, or anything other than a list of names.
 *
 * @example rolesInEvent({ ...event, authorization: { roles: ['ORG:WATER'] } }) // ['ORG:WATER']
 */
export function rolesInEvent(event: PostLoginEvent): readonly string[] | undefined {
  const roles: unknown = event.authorization?.roles;
  return Array.isArray(roles) && roles.every((role) => typeof role === 'string') ? roles : undefined;
}

/**
 * Reads the names of all roles that a user holds: from the runtime if it has them, otherwise from the Management API.
 *
 * Sources: Auth0 docs, "Post-login Triggers: API Object" (`api.roles.getUserEffectiveRoles`); Management API, "List
 * roles assigned to a user", scopes `read:users` and `read:roles`.
 *
 * @throws {ManagementFailure} if neither returns a complete list
 */
export async function readRoles(
  userId: string,
  runtime: EffectiveRoles | undefined,
  source: TokenSource,
  budget: LoginBudget,
): Promise<readonly string[]> {
  const effective = runtime === undefined ? undefined : await readEffectiveRoles(runtime, budget);
  return effective ?? (await readAssignedRoles(userId, source, budget));
}

async function readEffectiveRoles(
  runtime: EffectiveRoles,
  budget: LoginBudget,
): Promise<readonly string[] | undefined> {
  try {
    const names: string[] = [];
    let from: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const reading = runtime.getUserEffectiveRoles({ take: PAGE, ...(from === undefined ? {} : { from }) });
      const answer = await budget.spend(reading, RUNTIME_MS);
      names.push(...namesOf(answer.roles));
      if (!answer.next) return names;
      from = answer.next;
    }
  } catch {
    // The Management API is called instead.
  }
  return undefined;
}

async function readAssignedRoles(userId: string, source: TokenSource, budget: LoginBudget): Promise<readonly string[]> {
  if (userId === '') throw new ManagementFailure('no_user_id');
  const names: string[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = `per_page=${PAGE}&page=${page}&include_totals=true`;
    const path = `users/${encodeURIComponent(userId)}/roles?${query}`;
    const answer = await callManagementApi(source, budget, { method: 'GET', path });
    const roles = namesOf('roles' in answer ? answer.roles : undefined);
    names.push(...roles);
    const total = 'total' in answer ? answer.total : undefined;
    if (typeof total !== 'number') break;
    if (names.length >= total) return names;
    if (roles.length === 0) break;
  }
  throw new ManagementFailure('bad_answer');
}

/** @throws {ManagementFailure} for anything other than a list of objects with a name */
function namesOf(roles: unknown): string[] {
  if (!Array.isArray(roles)) throw new ManagementFailure('bad_answer');
  return roles.map((role: unknown) => {
    const name = typeof role === 'object' && role !== null && 'name' in role ? role.name : undefined;
    if (typeof name !== 'string') throw new ManagementFailure('bad_answer');
    return name;
  });
}
