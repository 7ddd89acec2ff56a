import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FuzzedTenant, startFuzzedTenant } from './fuzzed-tenant.ts';

const ROUNDS = 3;

let tenant: FuzzedTenant;
let number = 0;
beforeAll(async () => {
  tenant = await startFuzzedTenant();
});
afterAll(() => tenant.close());

/** Sends requests at once, each over its own connection. Returns the statuses in order. */
async function atOnce(...requests: [method: string, path: string, body?: unknown][]): Promise<number[]> {
  const answers = await Promise.all(
    requests.map(([method, path, body]) =>
      tenant.send(method, `/api/v2${path}`, {
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    ),
  );
  return answers.map(({ status }) => status);
}

async function make(path: string, body: object): Promise<Record<string, string>> {
  return (await tenant.manage('POST', path, body)) as Record<string, string>;
}

const database = 'Username-Password-Authentication';
const next = () => {
  number += 1;
  return number;
};
const sorted = (statuses: number[]) => [...statuses].sort();

describe.each(Array.from({ length: ROUNDS }, (_, round) => round))('two clients at once, round %i', () => {
  it('create the same name: only one of them succeeds', async () => {
    const name = `same-${next()}`;
    for (const [path, body, made] of [
      ['/roles', { name }, 200],
      ['/connections', { name, strategy: 'auth0' }, 201],
      ['/organizations', { name }, 201],
      ['/resource-servers', { name, identifier: `https://${name}.example/` }, 201],
      ['/users', { connection: database, email: `${name}@same.example`, password: 'Correct-horse-9' }, 201],
    ] as const) {
      expect(sorted(await atOnce(['POST', path, body], ['POST', path, body])), path).toEqual([made, 409]);
    }
  });

  it('change and delete the same resource: it is gone afterwards', async () => {
    const user = await make('/users', {
      connection: database,
      email: `gone-${next()}@same.example`,
      password: 'Correct-horse-9',
    });
    const path = `/users/${encodeURIComponent(user.user_id ?? '')}`;
    const [changed, ended] = await atOnce(['PATCH', path, { password: 'Another-horse-10' }], ['DELETE', path]);
    expect([200, 404]).toContain(changed);
    expect(ended).toBe(204);
    expect((await atOnce(['GET', path]))[0]).toBe(404);
  });

  it('assign a role and delete it: no user has a role that does not exist', async () => {
    const role = await make('/roles', { name: `ended-${next()}` });
    const user = tenant.known().users?.[0] ?? '';
    const [given, ended] = await atOnce(
      ['POST', `/roles/${role.id}/users`, { users: [user] }],
      ['DELETE', `/roles/${role.id}`],
    );
    expect([200, 404]).toContain(given);
    expect(ended).toBe(200);
    const held = (await tenant.manage('GET', `/users/${encodeURIComponent(user)}/roles`)) as { id: string }[];
    expect(held.map(({ id }) => id)).not.toContain(role.id);
  });

  it('rotate a secret twice: the last one is the secret', async () => {
    const client = await make('/clients', { name: `secret-${next()}`, app_type: 'regular_web' });
    const path = `/clients/${client.client_id}`;
    const turned = await Promise.all([make(`${path}/rotate-secret`, {}), make(`${path}/rotate-secret`, {})]);
    const { client_secret } = (await tenant.manage('GET', path)) as { client_secret: string };
    expect(turned.map((answer) => answer.client_secret)).toContain(client_secret);
    expect(client_secret).not.toBe(client.client_secret);
  });

  it('bind a trigger: one of the two lists is stored, complete', async () => {
    const path = '/actions/triggers/post-login/bindings';
    await tenant.settle();
    const [first = '', second = '', third = ''] = tenant.known().actionId ?? [];
    for (const id of [first, second, third]) await atOnce(['POST', `/actions/actions/${id}/deploy`]);
    const list = (ids: string[]) => ({
      bindings: ids.map((value) => ({ ref: { type: 'action_id', value }, display_name: value })),
    });
    expect(await atOnce(['PATCH', path, list([first, second])], ['PATCH', path, list([third, first])])).toEqual([
      200, 200,
    ]);
    const { bindings } = (await tenant.manage('GET', path)) as { bindings: { action: { id: string } }[] };
    const bound = bindings.map(({ action }) => action.id);
    expect([`${first},${second}`, `${third},${first}`]).toContain(bound.join());
  });
});
