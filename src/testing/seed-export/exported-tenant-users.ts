import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { ManagementClient } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import type { Members } from '../seed/seed.ts';
import { ROLES } from '../seed/seed-access.ts';
import { USER_MEMBERS } from '../seed/seed-kinds.ts';
import { ORGANIZATIONS } from '../seed/seed-organizations.ts';
import { byMember, type ExportContext, isEmpty, only } from './export-context.ts';

const MILLISECONDS_BETWEEN = 50;
const ROWS = 100;
/** Members that the tenant exports, and those that say which users these are. */
const FIELDS = [
  ...USER_MEMBERS.filter((name) => !['password', 'connection', 'roles', 'organizations', 'otp'].includes(name)),
  'identities',
];

/**
 * Exports the users of databases, with their roles and organizations. A tenant returns neither passwords nor the secrets of
 * factors.
 */
export async function exportTenantUsers(
  context: ExportContext,
  management: ManagementClient,
  onProgress: ((subject: string) => void) | undefined,
): Promise<readonly Members[]> {
  const { omissions } = context;
  const [roles, organizations] = [
    await namesByMember(context, ROLES.path, 'users', onProgress),
    await namesByMember(context, ORGANIZATIONS.path, 'members', onProgress),
  ];
  const exported: Members[] = [];
  let elsewhere = 0;
  let linked = 0;
  onProgress?.('users');
  for (const user of await readUsers(management)) {
    const id = String(user.user_id);
    const [first, ...others] = (user.identities ?? []) as readonly { provider?: string; connection?: string }[];
    if (first?.provider !== 'auth0') {
      elsewhere += 1;
      continue;
    }
    if (others.length > 0) linked += 1;
    const held = { roles: roles.get(id), organizations: organizations.get(id) };
    exported.push({
      ...only(
        user,
        FIELDS.filter((name) => name !== 'identities' && !isEmpty(user[name])),
      ),
      user_id: id.replace(/^auth0\|/, ''),
      connection: first.connection,
      ...only(held, Object.keys(held)),
    });
  }
  const omit = (count: number, reason: string) => {
    if (count > 0) omissions.push({ kind: 'users', reason: `${count.toLocaleString('en')} ${reason}` });
  };
  omit(elsewhere, 'of connections without a database come to be by their first sign-in.');
  omit(linked, 'have further identities, which are not part of an export.');
  return exported.sort(byMember('user_id'));
}

/** Reads who holds each role, or is a member of each organization: the names by the user's ID. */
async function namesByMember(
  { api }: ExportContext,
  collection: string,
  members: string,
  onProgress: ((subject: string) => void) | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, string[]>();
  const all = await api.list({ path: collection, identity: 'name', id: 'id', fixed: [] });
  for (const { id, name } of [...all].sort(byMember('name'))) {
    onProgress?.(`${collection}: ${name}`);
    let from = '';
    do {
      const answer = (await api.get(`${collection}/${id}/${members}?take=${ROWS}${from}`)) as Members;
      for (const { user_id } of (answer[members] ?? []) as readonly { user_id: string }[]) {
        const known = names.get(user_id);
        if (known === undefined) names.set(user_id, [String(name)]);
        else known.push(String(name));
      }
      from =
        answer.next === undefined || answer.next === null ? '' : `&from=${encodeURIComponent(String(answer.next))}`;
    } while (from !== '');
  }
  return names;
}

/** The tenant exports users as a job: its list ends after a thousand. */
async function readUsers(management: ManagementClient): Promise<readonly Members[]> {
  const fields = FIELDS.map((name) => ({ name }));
  const { id } = await management.jobs.usersExports.create({ format: 'json', fields });
  for (;;) {
    const { status, location } = await management.jobs.get(id);
    if (status === 'failed') throw new Problem('export_failed', 'The tenant could not export its users.');
    if (status === 'completed' && location !== undefined) {
      const response = await fetch(location);
      if (!response.ok) throw new Problem('export_failed', `The export of users cannot be read: ${response.status}.`);
      const lines = gunzipSync(Buffer.from(await response.arrayBuffer()))
        .toString('utf8')
        .split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Members);
    }
    await wait(MILLISECONDS_BETWEEN);
  }
}
