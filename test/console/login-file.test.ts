import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOfLogin, readLoginFile } from '../../src/console/screens/logins/login-file.ts';
import type { WholeLogin } from '../../src/console/screens/logins/recorded-login.ts';

const at = '2026-01-01T00:00:00.000Z';
const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

function loginWith(parts: Partial<WholeLogin> = {}, line = 'hello'): WholeLogin {
  return {
    id: 'login-1',
    at,
    application: { id: 'app', name: 'Orders' },
    user: { id: 'auth0|1', name: 'Una', emailVerified: true },
    connection: 'Username-Password-Authentication',
    protocol: 'oidc-basic-profile',
    prompt: [],
    requestedScopes: ['openid'],
    methods: [],
    passes: [{ at, ms: 4, outcome: 'continue', executions: ['e1'] }],
    claimsBefore: { sub: 'auth0|1' },
    executions: [
      {
        id: 'e1',
        status: 'final',
        results: [
          {
            action_id: 'act_1',
            action_name: 'Gate',
            binding_id: 'b1',
            handler: 'onExecutePostLogin',
            started_at: at,
            action_duration_ms: 3,
            boot_duration_ms: 0,
            console: [{ level: 'log', text: line }],
            calls: [{ method: 'idToken.setCustomClaim', arguments: ['https://a/b', 'gold'] }],
            dropped_claims: [{ token: 'id_token', claim: 'iss', reason: 'restricted' }],
          },
        ],
      },
    ],
    logs: [{ log_id: '9', date: at, type: 's', description: 'Success Login' }],
    ...parts,
  };
}

describe('the file of a login', () => {
  it('gives the login back as it was, if nothing in it is secret', () => {
    const login = loginWith();
    const text = JSON.stringify(fileOfLogin(login, 'Let in.', [{ log_id: '9', type: 's' } as never]));
    expect(readLoginFile(text)).toEqual({
      kind: 'portcullis-login',
      version: 1,
      decision: 'Let in.',
      login,
      entries: { 9: { log_id: '9', type: 's' } },
    });
  });

  it.each([
    ['a token in a line', `the token is ${token} !`, token],
    ['a member of a line that is JSON', '{"client_secret":"hunter2"}', 'hunter2'],
    ['a member inside of it', '{"a":[{"refreshToken":"hunter2"}]}', 'hunter2'],
    ['a parameter', 'GET https://a.example/cb?code=hunter2&state=x', 'hunter2'],
    [
      'a parameter of an address in an address',
      'https://a/v2/logout?returnTo=https%3A%2F%2Fb%3Fsession_token%3Dhunter2%26reason%3Dx',
      'hunter2',
    ],
    ['a number that is a code', '{"otp":123456}', '123456'],
  ])('masks %s', (_, line, secret) => {
    const note = { at, ms: 4, outcome: 'redirect' as const, note: line, executions: ['e1'] };
    const login = loginWith({ passes: [note] }, line);
    const text = JSON.stringify(
      fileOfLogin(login, undefined, [{ log_id: '9', details: { line, password: secret } } as never]),
    );
    expect(text).toContain('[masked]');
    expect(text).not.toContain(secret);
    expect(readLoginFile(text)?.login.user.name).toBe('Una');
  });

  it('keeps the reason of a refusal, which the timeline shows', () => {
    const line = 'https://a/v2/logout?returnTo=https%3A%2F%2Fb%3Fsession%3Dhunter2%26reason%3Dno_rule';
    const pass = { at, ms: 4, outcome: 'redirect' as const, note: line, executions: [] };
    expect(fileOfLogin(loginWith({ passes: [pass] }), undefined, []).login.passes[0]?.note).toBe(
      'https://a/v2/logout?returnTo=https%3A%2F%2Fb%3Fsession%3D[masked]%26reason%3Dno_rule',
    );
  });

  it('is refused if a part of it has another form', () => {
    const whole = JSON.parse(JSON.stringify(fileOfLogin(loginWith(), undefined, []))) as Record<string, unknown>;
    const login = whole.login as Record<string, unknown>;
    for (const name of ['at', 'application', 'user', 'passes', 'executions', 'logs', 'methods', 'prompt']) {
      for (const other of [undefined, null, 7, [null], { length: 1 }]) {
        expect(readLoginFile(JSON.stringify({ ...whole, login: { ...login, [name]: other } })), name).toBeUndefined();
      }
    }
    expect(readLoginFile(JSON.stringify({ ...whole, version: 2 }))).toBeUndefined();
  });

  it('is refused without an exception, whatever a file has', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readLoginFile(text) === undefined));
  });
});
