import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInWithPassword } from '../../../src/tenant/authentication/accounts/password-sign-in.ts';
import { createTenantLog } from '../../../src/tenant/logs/tenant-log.ts';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

let number = 0;
async function makeUser(password = goodPassword): Promise<{ id: string; email: string; path: string }> {
  number += 1;
  const email = `account${number}@example.com`;
  const body = { connection: database, email, password, user_metadata: { number } };
  const id: string = (await tenant.call('POST', '/users', body)).body.user_id;
  return { id, email, path: `/users/${encodeURIComponent(id)}` };
}
const identity = (id: string) => ({ provider: 'auth0', user_id: id.slice('auth0|'.length) });

async function signsIn(email: string, password: string): Promise<string | undefined> {
  const client = tenant.managementClient;
  const connection = tenant.store.connections.findByName(database);
  if (connection !== undefined) {
    tenant.store.connections.update({ ...connection, enabled_clients: [client.client_id] });
  }
  const log = createTenantLog(tenant.store);
  const attempt = { client, connection: database, username: email, password, ip: '127.0.0.1', hostname: 'localhost' };
  const result = await signInWithPassword({ store: tenant.store, log }, attempt);
  return result.ok ? result.user.user_id : undefined;
}

describe('a linked account', () => {
  it('becomes an identity with its profile, and its user is deleted', async () => {
    const [primary, secondary] = [await makeUser(), await makeUser()];
    const linked = await tenant.call('POST', `${primary.path}/identities`, identity(secondary.id));
    expect(linked.status).toBe(201);
    expect(linked.body).toEqual([
      {
        connection: database,
        isSocial: false,
        ...identity(primary.id),
        profileData: expect.objectContaining({ email: primary.email }),
      },
      {
        connection: database,
        isSocial: false,
        ...identity(secondary.id),
        profileData: expect.objectContaining({ email: secondary.email, email_verified: false }),
      },
    ]);
    expect((await tenant.call('GET', secondary.path)).status).toBe(404);
    const { body } = await tenant.call('GET', primary.path);
    const [{ profileData: _, ...first }, second] = linked.body;
    expect(body.identities).toEqual([first, second]);
    expect(body.user_metadata).toEqual({ number: expect.any(Number) });
    expect((await tenant.call('POST', `${primary.path}/identities`, identity(secondary.id))).status).toBe(409);
    expect((await tenant.call('POST', `${primary.path}/identities`, identity(primary.id))).status).toBe(409);
  });

  it('keeps its password, and so does the primary account', async () => {
    const [primary, secondary] = [await makeUser('First Horse 1'), await makeUser('Second Horse 2')];
    await tenant.call('POST', `${primary.path}/identities`, identity(secondary.id));
    expect(await signsIn(secondary.email, 'Second Horse 2')).toBe(primary.id);
    expect(await signsIn(primary.email, 'First Horse 1')).toBe(primary.id);
    expect(await signsIn(secondary.email, 'First Horse 1')).toBeUndefined();
    expect(await signsIn(primary.email, 'Second Horse 2')).toBeUndefined();
  });

  it('is a separate user again once it is unlinked, with its password and without metadata', async () => {
    const [primary, secondary] = [await makeUser(), await makeUser('Second Horse 2')];
    await tenant.call('POST', `${primary.path}/identities`, identity(secondary.id));
    const path = `${primary.path}/identities/auth0/${secondary.id.slice(6)}`;
    const unlinked = await tenant.call('DELETE', path);
    expect(unlinked.status).toBe(200);
    expect(unlinked.body).toHaveLength(1);
    const { body } = await tenant.call('GET', secondary.path);
    expect(body).toMatchObject({ user_id: secondary.id, email: secondary.email });
    expect(body.user_metadata).toBeUndefined();
    expect(await signsIn(secondary.email, 'Second Horse 2')).toBe(secondary.id);
    expect((await tenant.call('DELETE', path)).status).toBe(400);
    expect((await tenant.call('DELETE', `${primary.path}/identities/auth0/${primary.id.slice(6)}`)).status).toBe(400);
  });

  it('is linked with a user’s own token only if that user has signed in to it', async () => {
    const [primary, secondary] = [await makeUser(), await makeUser()];
    const token = await tenant.token({ subject: primary.id, scopes: ['update:current_user_identities'] });
    const path = `${primary.path}/identities`;
    expect((await tenant.call('POST', path, identity(secondary.id), { token })).status).toBe(403);
    expect((await tenant.call('POST', path, { link_with: await tenant.token() }, { token })).status).toBe(400);
    expect((await tenant.call('GET', secondary.path)).status).toBe(200);
  });

  it('must exist', async () => {
    const { path } = await makeUser();
    expect((await tenant.call('POST', `${path}/identities`, { provider: 'auth0', user_id: 'missing' })).status).toBe(
      404,
    );
    expect((await tenant.call('POST', `${path}/identities`, { provider: 'auth0' })).status).toBe(400);
  });
});

describe('blocks of a user', () => {
  it('are found by id and by address, and removed', async () => {
    const { id, email } = await makeUser();
    for (let failures = 0; failures < 10; failures += 1) tenant.store.blocks.record(id, '203.0.113.1', email);
    const blocked = { blocked_for: [{ identifier: email, ip: '203.0.113.1' }] };
    const byId = `/user-blocks/${encodeURIComponent(id)}`;
    const byAddress = `/user-blocks?identifier=${encodeURIComponent(email.toUpperCase())}`;
    expect((await tenant.call('GET', byId)).body).toEqual(blocked);
    expect((await tenant.call('GET', byAddress)).body).toEqual(blocked);
    expect((await tenant.call('DELETE', byAddress)).status).toBe(204);
    expect((await tenant.call('GET', byId)).body).toEqual({ blocked_for: [] });
    expect((await tenant.call('GET', '/user-blocks')).status).toBe(400);
    expect((await tenant.call('DELETE', '/user-blocks/auth0%7Cnobody')).status).toBe(404);
  });
});

describe('sessions and refresh tokens of a user', () => {
  const soon = () => Math.floor(Date.now() / 1000) + 1000;
  async function signedIn() {
    const user = await makeUser();
    const { artifacts } = tenant.store;
    const iat = soon() - 1000;
    const sid = `sid-${number}`;
    const session = { jti: `cookie-${number}`, uid: sid, accountId: user.id, iat, loginTs: iat, amr: ['pwd'] };
    artifacts.upsert('Session', session.jti, session, soon());
    const grantId = `grant-${number}`;
    const clientId = tenant.managementClient.client_id;
    const token = { jti: `secret-${number}`, accountId: user.id, clientId, grantId, sessionUid: sid, iat, iiat: iat };
    artifacts.upsert('RefreshToken', token.jti, token, soon());
    return { ...user, sid, token };
  }

  it('are shown without anything that could be used as a token', async () => {
    const { id, path, sid, token } = await signedIn();
    const sessions = await tenant.call('GET', `${path}/sessions?take=50`);
    expect(sessions.body.sessions).toMatchObject([
      { id: sid, user_id: id, authentication: { methods: [{ name: 'pwd' }] } },
    ]);
    const tokens = await tenant.call('GET', `${path}/refresh-tokens`);
    expect(tokens.body.tokens).toMatchObject([{ user_id: id, session_id: sid, client_id: token.clientId }]);
    expect(JSON.stringify([sessions.body, tokens.body])).not.toMatch(/cookie-|secret-/);
    const one = tokens.body.tokens[0];
    expect((await tenant.call('GET', `/refresh-tokens/${one.id}`)).body).toEqual(one);
    expect((await tenant.call('GET', `/sessions/${sid}`)).body).toEqual(sessions.body.sessions[0]);
  });

  it('store metadata', async () => {
    const { path, sid } = await signedIn();
    const { id } = (await tenant.call('GET', `${path}/refresh-tokens`)).body.tokens[0];
    const session_metadata = { device: 'kiosk' };
    expect((await tenant.call('PATCH', `/sessions/${sid}`, { session_metadata })).body).toMatchObject({
      session_metadata,
    });
    expect((await tenant.call('GET', `/sessions/${sid}`)).body).toMatchObject({ session_metadata });
    const patched = await tenant.call('PATCH', `/refresh-tokens/${id}`, { refresh_token_metadata: { a: 'b' } });
    expect(patched.body).toMatchObject({ refresh_token_metadata: { a: 'b' } });
    expect((await tenant.call('PATCH', `/sessions/${sid}`, { session_metadata: null })).body.session_metadata).toBe(
      undefined,
    );
  });

  it('are deleted, one by one or together', async () => {
    const one = await signedIn();
    expect((await tenant.call('DELETE', `/sessions/${one.sid}`)).status).toBe(202);
    expect((await tenant.call('GET', `/sessions/${one.sid}`)).status).toBe(404);
    expect((await tenant.call('GET', `${one.path}/refresh-tokens`)).body.tokens).toHaveLength(1);
    const two = await signedIn();
    expect((await tenant.call('POST', `/sessions/${two.sid}/revoke`)).status).toBe(202);
    expect((await tenant.call('GET', `${two.path}/refresh-tokens`)).body).toEqual({ tokens: [] });
    expect(tenant.store.artifacts.find('RefreshToken', two.token.jti)).toBeUndefined();
    const three = await signedIn();
    expect((await tenant.call('DELETE', `${three.path}/sessions`)).body).toEqual({});
    expect((await tenant.call('GET', `${three.path}/sessions`)).body).toEqual({ sessions: [] });
    expect((await tenant.call('POST', '/refresh-tokens/revoke', { user_id: three.id })).status).toBe(202);
    expect((await tenant.call('GET', `/refresh-tokens?user_id=${encodeURIComponent(three.id)}`)).body).toEqual({
      refresh_tokens: [],
    });
    expect((await tenant.call('POST', '/refresh-tokens/revoke', {})).status).toBe(400);
  });
});
