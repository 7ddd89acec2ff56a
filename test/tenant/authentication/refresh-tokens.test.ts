import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchange, freshCode, payloadOf, requestToken } from './login-steps.ts';
import { type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

describe('refresh tokens', () => {
  const tokensOf = async (client_id: string, scope = 'openid offline_access') => {
    const code = await freshCode(tenant, { client_id, scope });
    return (await exchange(tenant, code, { client_id })).body;
  };
  const refresh = (client_id: string, token: unknown, fields: Record<string, string> = {}) =>
    requestToken(tenant, { client_id, grant_type: 'refresh_token', refresh_token: String(token), ...fields });

  it('rotate, and reuse of a used one revokes the whole family', async () => {
    const first = await tokensOf('rotating');
    const second = await refresh('rotating', first.refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    const third = await refresh('rotating', second.body.refresh_token);
    expect(third.status).toBe(200);
    const refused = {
      status: 403,
      body: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' },
    };
    expect(await refresh('rotating', first.refresh_token)).toEqual(refused);
    expect(await refresh('rotating', third.body.refresh_token)).toEqual(refused);
    expect(tenant.logs.filter((log) => log.type === 'sertft')).toHaveLength(2);
    const failures = tenant.logs.filter((log) => /^fer/.test(log.type));
    expect(failures.map(({ type, description }) => [type, description])).toEqual([
      ['ferrt', 'Reused rotating refresh token detected, revoked the family'],
      ['fertft', 'Unknown or invalid refresh token.'],
    ]);
    expect(failures[0]).toMatchObject({
      client_id: 'rotating',
      user_id: 'auth0|ada',
      details: { familyId: expect.any(String), tokenCounter: 1 },
    });
    expect(JSON.stringify(failures)).not.toContain(String(first.refresh_token));
    // The Actions ran only for the successful exchanges.
    expect(tenant.actions.runs.map((run) => run.protocol)).toEqual([
      'oidc-basic-profile',
      'oauth2-refresh-token',
      'oauth2-refresh-token',
    ]);
    expect(JSON.stringify(tenant.actions.runs)).not.toContain(String(second.body.refresh_token));
  });

  describe('with a leeway', () => {
    beforeEach(() => {
      const client = tenant.store.clients.find('rotating');
      if (client === undefined) throw new Error('no client');
      tenant.store.clients.update({ ...client, refresh_token: { ...client.refresh_token, leeway: 3600 } });
    });
    const next = async (token: unknown) => {
      const { status, body } = await refresh('rotating', token);
      expect(status).toBe(200);
      return body.refresh_token;
    };

    it('may be used again as long as they directly precede the current one', async () => {
      const first = (await tokensOf('rotating')).refresh_token;
      const [second, alternative] = [await next(first), await next(first)];
      expect(alternative).not.toBe(second);
      // Two tabs with the same token go on with a token each.
      const third = await next(second);
      await next(alternative);
      await next(second);
      await next(third);
    });

    it('revoke the family if an older one is used again', async () => {
      const first = (await tokensOf('rotating')).refresh_token;
      const fourth = await next(await next(await next(first)));
      expect((await refresh('rotating', first)).status).toBe(403);
      expect((await refresh('rotating', fourth)).status).toBe(403);
      expect(tenant.logs.filter((log) => /^f/.test(log.type)).map((log) => log.type)).toEqual(['ferrt', 'fertft']);
    });

    it('revoke the family if the one before the preceding one is used again', async () => {
      const first = (await tokensOf('rotating')).refresh_token;
      const third = await next(await next(first));
      expect((await refresh('rotating', first)).status).toBe(403);
      expect((await refresh('rotating', third)).status).toBe(403);
    });
  });

  it('stay the same if they do not rotate, and belong to one application', async () => {
    const tokens = await tokensOf('web', 'openid email offline_access');
    const again = await refresh('web', tokens.refresh_token, { scope: 'openid nonsense' });
    expect(again.status).toBe(200);
    expect(again.body.refresh_token).toBe(tokens.refresh_token);
    expect(again.body.scope).toBe('openid');
    expect(payloadOf(again.body.id_token).email).toBeUndefined();
    expect((await refresh('other', tokens.refresh_token)).status).toBe(403);
  });

  it('are issued only if they are requested and allowed', async () => {
    expect((await tokensOf('web', 'openid')).refresh_token).toBeUndefined();
    const client = tenant.store.clients.find('web');
    if (client === undefined) throw new Error('no client');
    tenant.store.clients.update({ ...client, grant_types: ['authorization_code'] });
    const tokens = await tokensOf('web');
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.scope).toBe('openid');
  });

  it('can be revoked', async () => {
    const tokens = await tokensOf('web');
    const revoke = (fields: Record<string, string>) =>
      fetch(new URL('oauth/revoke', tenant.issuer), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id: 'web', client_secret: SECRET, token: tokens.refresh_token, ...fields }),
      });
    expect((await revoke({ client_secret: 'wrong' })).status).toBe(401);
    expect((await revoke({ client_id: 'other' })).status).toBe(200);
    expect((await refresh('web', tokens.refresh_token)).status).toBe(200);
    expect((await revoke({})).status).toBe(200);
    expect((await refresh('web', tokens.refresh_token)).status).toBe(403);
  });
});
