import type { Management } from 'auth0';
import { decide } from '../../../policy/decide.ts';
import type { Decision } from '../../../policy/decision.ts';
import { explain } from '../../../policy/explain.ts';
import { manage, segment } from '../../management/management-api.ts';
import type { GateDocument } from './gate-document.ts';

/** The Management API lists no more users than these. */
export const furthest = 1000;
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
 * Reads the users that the API lists, and who of them holds a role that the policy asks about, and decides about each in the
 * browser. Roles are read by their members: a request a hundred holders and not one a user.
 */
export async function readPeople(gate: GateDocument, signal: AbortSignal): Promise<People> {
  const holders = await holdersOf(gate, signal);
  const users: Management.UserResponseSchema[] = [];
  let total = 0;
  for (let page = 0; page * step < Math.min(furthest, page === 0 ? 1 : total); page += 1) {
    const query = { page, per_page: step, include_totals: true, fields, include_fields: true };
    const answer = await manage.get<Management.ListUsersOffsetPaginatedResponseContent>('users', query, signal);
    users.push(...(answer.users ?? []));
    total = answer.total ?? users.length;
  }
  // The console's own administrator signs in to no application.
  const people = users.filter(({ identities = [] }) =>
    identities.some(({ connection }) => connection !== ownConnection),
  );
  return {
    total: total - (users.length - people.length),
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
