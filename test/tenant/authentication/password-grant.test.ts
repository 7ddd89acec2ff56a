import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { payloadOf, requestToken } from './login-steps.ts';
import { API, PASSWORD, type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

describe('the password grant', () => {
  const ask = (fields: Record<string, string>) =>
    requestToken(tenant, { grant_type: 'password', username: 'ada@example.com', password: PASSWORD, ...fields });

  it('returns the tokens of a login, and runs the Actions', async () => {
    const { status, body } = await ask({ scope: 'openid email offline_access read:orders', audience: API });
    expect(status).toBe(200);
    expect(body.scope).toBe('openid email offline_access read:orders');
    expect(payloadOf(body.access_token)).toMatchObject({
      sub: 'auth0|ada',
      gty: 'password',
      aud: [API, `${tenant.issuer}userinfo`],
    });
    expect(payloadOf(body.id_token)).toMatchObject({ sub: 'auth0|ada', aud: 'web', email: 'ada@example.com' });
    const again = await requestToken(tenant, {
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    });
    expect(again.status).toBe(200);
    expect(tenant.actions.runs.map((run) => [run.protocol, run.request.method])).toEqual([
      ['oauth2-password', 'POST'],
      ['oauth2-refresh-token', 'POST'],
    ]);
    expect(tenant.actions.runs[0]?.session).toBeUndefined();
    const requests = JSON.stringify(tenant.actions.runs.map((run) => run.request));
    expect(requests).not.toContain(PASSWORD);
    expect(requests).not.toContain(SECRET);
    expect(requests).not.toContain(String(body.refresh_token));
    expect(tenant.logs[0]).toMatchObject({ type: 'sepft', details: { actions: { executions: ['exec-run'] } } });
  });

  it('accepts a realm', async () => {
    const realm = {
      grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
      realm: 'Username-Password-Authentication',
    };
    expect((await ask(realm)).body.error).toBe('unauthorized_client');
    const client = tenant.store.clients.find('web');
    if (client === undefined) throw new Error('no client');
    tenant.store.clients.update({ ...client, grant_types: [...client.grant_types, realm.grant_type] });
    expect((await ask(realm)).status).toBe(200);
    expect((await ask({ ...realm, realm: 'elsewhere' })).status).toBe(400);
  });

  it('refuses a wrong password, an unknown user and a blocked one, and runs no Action', async () => {
    const wrong = { status: 403, body: { error: 'invalid_grant', error_description: 'Wrong email or password.' } };
    expect(await ask({ password: 'wrong' })).toEqual(wrong);
    expect(await ask({ username: 'unknown@example.com' })).toEqual(wrong);
    const user = tenant.store.users.find('auth0|ada');
    if (user === undefined) throw new Error('no user');
    tenant.store.users.update({ ...user, blocked: true });
    expect(await ask({})).toEqual({
      status: 403,
      body: { error: 'unauthorized', error_description: 'user is blocked' },
    });
    expect((await ask({ username: '' })).status).toBe(400);
    expect(tenant.actions.runs).toHaveLength(0);
    expect(tenant.logs.map((log) => log.type)).toEqual(['fp', 'fu', 'f', 'fepft']);
  });
});
