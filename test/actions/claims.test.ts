import { describe, expect, test } from 'vitest';
import { droppedClaimReason } from '../../src/tenant/actions/run/claims.ts';
import { handler, tenantWithActions } from './tenant-with-actions.ts';

const idToken = { token: 'id_token', isSystemApi: false } as const;
const accessToken = { token: 'access_token', isSystemApi: false } as const;
const ownApi = { token: 'access_token', isSystemApi: true } as const;

describe('a custom claim is kept', () => {
  test.each([
    'https://apex.test/roles',
    '/roles',
    'favourite',
    'urn:example:x',
    'email',
    'nickname',
    'myauth0.com',
    'https://notauth0.com/x',
  ])('%s', (name) => {
    expect(droppedClaimReason(name, idToken)).toBeUndefined();
    expect(droppedClaimReason(name, accessToken)).toBeUndefined();
  });
});

describe('a custom claim is dropped', () => {
  test.each([
    'roles',
    'groups',
    'permissions',
    'scope',
    'sub',
    'iss',
    'aud',
    'exp',
    'org_id',
    'x5t#S256',
    'sip_from',
    'https://auth0.com/roles',
    'https://me.eu.auth0.com/roles',
    'http://webtask.io/x',
    'https://x.webtask.run',
    'https://AUTH0.com/x',
    'urn:auth0:x',
    '__proto__',
    '',
  ])('%s', (name) => {
    expect(droppedClaimReason(name, idToken)).toMatch(/./);
    expect(droppedClaimReason(name, accessToken)).toMatch(/./);
  });

  test('without a namespace from access tokens for Auth0’s own APIs', () => {
    expect(droppedClaimReason('favourite', ownApi)).toMatch(/namespaced/);
    expect(droppedClaimReason('https://apex.test/roles', ownApi)).toBeUndefined();
  });
});

test('a dropped claim is reported in the execution, and the login succeeds without it', async () => {
  const tenant = await tenantWithActions();
  await tenant.bound(
    handler(
      `api.idToken.setCustomClaim('roles', ['a']).accessToken.setCustomClaim('https://auth0.com/x', 1).idToken.setCustomClaim('https://apex.test/roles', ['a']);`,
    ),
  );
  const outcome = await tenant.login();
  expect(outcome).toMatchObject({
    kind: 'continue',
    effects: { idTokenClaims: { 'https://apex.test/roles': ['a'] }, accessTokenClaims: {} },
  });
  expect(tenant.results(outcome)[0]?.dropped_claims).toEqual([
    { token: 'id_token', claim: 'roles', reason: '"roles" is a restricted claim.' },
    { token: 'access_token', claim: 'https://auth0.com/x', reason: 'A namespace on auth0.com is reserved.' },
  ]);
  await tenant.bound(handler(`api.accessToken.setCustomClaim('scope', 'admin')`));
  expect(await tenant.login()).toMatchObject({ kind: 'error', message: 'The "scope" claim cannot be set.' });
  await tenant.close();
});
