import type { Management } from 'auth0';
import { decide } from '../../../policy/decide.ts';
import type { Decision } from '../../../policy/decision.ts';
import { explain } from '../../../policy/explain.ts';
import { manage, segment } from '../../management/management-api.ts';
import type { GateDocument } from './gate-document.ts';

/** The Management API lists no more users than these. */
const furthest = 1000;
/** Of more than that, so many are looked at: each takes a request of its own. */
const looked = 100;
const step = 100;

/** Somebody, and what the policy says of them. */
export interface Judged {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly blocked: boolean;
  readonly decision: Decision;
  readonly words: string;
}

export interface People {
  readonly total: number;
  readonly judged: readonly Judged[];
  /** Whether there is nobody else. */
  readonly complete: boolean;
}

/** What the policy says of one visitor, made up or not. */
export function judge(
  gate: GateDocument,
  visitor: { readonly email?: string | undefined; readonly emailVerified: boolean; readonly roles: readonly string[] },
): { decision: Decision; words: string } {
  const decision = decide(gate.policy, { application: gate.clientId, ...visitor });
  return { decision, words: explain(decision) };
}

/**
 * Reads the users and the roles that they hold, and decides about each in the browser. Where the API lists everybody, roles are
 * read by their members, a request a hundred; where there are more, the first are looked at one by one.
 */
export async function readPeople(gate: GateDocument, signal: AbortSignal): Promise<People> {
  const first = await usersAt(0, signal);
  const total = first.total ?? 0;
  const complete = total <= furthest;
  const users = [...(first.users ?? [])];
  for (let page = 1; complete && page * step < total; page += 1) {
    users.push(...((await usersAt(page, signal)).users ?? []));
  }
  // The console's own administrator signs in to no application.
  const people = users.filter(({ identities = [] }) =>
    identities.some(({ connection }) => connection !== ownConnection),
  );
  const holders = complete ? await holdersOf(gate, signal) : await rolesOf(people.slice(0, looked), signal);
  return {
    total: total - (users.length - people.length),
    complete,
    judged: people.map((user) => {
      const { user_id: id = '', email, email_verified: emailVerified = false, name, blocked = false } = user;
      const roles = holders.get(id) ?? [];
      return {
        id,
        name: name || email || id,
        blocked,
        ...(email !== undefined && { email }),
        ...judge(gate, { email, emailVerified, roles }),
      };
    }),
  };
}

function usersAt(page: number, signal: AbortSignal): Promise<Management.ListUsersOffsetPaginatedResponseContent> {
  return manage.get('users', { page, per_page: step, include_totals: true, fields, include_fields: true }, signal);
}

/** Names of the roles of some users, ten users at a time. */
async function rolesOf(
  users: readonly Management.UserResponseSchema[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const held = new Map<string, readonly string[]>();
  for (let from = 0; from < users.length; from += 10) {
    await Promise.all(
      users.slice(from, from + 10).map(async ({ user_id = '' }) => {
        const path = `users/${segment(user_id)}/roles`;
        const roles = await manage.get<Management.Role[]>(path, { per_page: step }, signal);
        held.set(
          user_id,
          roles.map(({ name = '' }) => name),
        );
      }),
    );
  }
  return held;
}

const fields = 'user_id,email,email_verified,name,blocked,identities';
const ownConnection = 'portcullis-console';

/** Names of the roles that matter, by who holds them. */
async function holdersOf(
  { policy }: GateDocument,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const holders = new Map<string, string[]>();
  for (let page = 0; ; page += 1) {
    const roles = await manage.get<Management.Role[]>('roles', { page, per_page: step }, signal);
    for (const { id = '', name = '' } of roles) {
      if (!name.startsWith(policy.organizationPrefix) && name !== policy.defaultRole) continue;
      for await (const user of membersOf(id, signal)) holders.set(user, [...(holders.get(user) ?? []), name]);
    }
    if (roles.length < step || (page + 2) * step > furthest) return holders;
  }
}

async function* membersOf(role: string, signal: AbortSignal): AsyncGenerator<string> {
  let from: string | undefined;
  do {
    const page = await manage.get<Management.ListRoleUsersPaginatedResponseContent>(
      `roles/${segment(role)}/users`,
      { take: step, ...(from !== undefined && { from }) },
      signal,
    );
    for (const { user_id = '' } of page.users ?? []) yield user_id;
    from = page.next;
  } while (from !== undefined);
}
