import { describe, expect, it } from 'vitest';
import type { TransactionProtocol } from '../../src/action/action-event.ts';
import { sampleEvent } from './sample-event.ts';
import { signIn } from './sign-in.ts';

const unverified = { email_verified: false };
const LOGOUT = 'https://shop.eu.auth0.com/v2/logout';

describe('a refusal in a browser', () => {
  it('goes to the logout, with the application and the landing page, and nowhere else', async () => {
    const { calls, line } = await signIn({ event: sampleEvent({ user: unverified }) });
    const returnTo = 'https://apex.example.com/ords/r/shop/welcome/refused?reason=unverified_email';
    expect(calls).toEqual([['redirect.sendUserTo', LOGOUT, { query: { client_id: 'guarded-application', returnTo } }]]);
    expect(line).toMatchObject({ decision: 'refuse', reason: 'unverified_email', calls: 0 });
  });

  it.each([
    ['https://a.example/refused?p1=x', 'https://a.example/refused?p1=x&reason=unverified_email'],
    ['https://a.example/f?p=100:REFUSED:0', 'https://a.example/f?p=100:REFUSED:0&reason=unverified_email'],
    ['https://a.example/#/refused?x', 'https://a.example/?reason=unverified_email#/refused?x'],
  ])('keeps the landing page %s, and only adds the reason', async (landingPage, returnTo) => {
    const { calls } = await signIn({ event: sampleEvent({ user: unverified }), policy: { landingPage } });
    expect(calls[0]?.[2]).toMatchObject({ query: { returnTo } });
  });

  it.each([
    ['the custom domain that the user is on', 'login.shop.example', 'https://login.shop.example/v2/logout'],
    ['the domain, if the request names none', undefined, LOGOUT],
    ['the domain, if the request names no host', 'evil.example/@', LOGOUT],
    ['the domain, if the request names a field of every object', '__proto__', LOGOUT],
    ['the origin in the settings', 'localhost:4001', 'http://localhost:4001/v2/logout'],
  ])('uses %s', async (_name, hostname, address) => {
    const event = sampleEvent({ user: unverified, request: { hostname: hostname as string } });
    const settings = { logoutOrigins: { 'localhost:4001': 'http://localhost:4001' } };
    expect((await signIn({ event, settings })).calls[0]?.[1]).toBe(address);
  });
});

describe('a refusal without a browser that can be redirected', () => {
  const deny = [['access.deny', expect.any(String)]];

  it.each<TransactionProtocol | 'something-new'>([
    'oauth2-refresh-token',
    'oauth2-password',
    'oauth2-resource-owner',
    'oauth2-resource-owner-jwt-bearer',
    'oauth2-token-exchange',
    'oauth2-access-token',
    'oauth2-webauthn',
    'oauth2-device-code',
    'oidc-ciba',
    'oidc-ciba-web-link',
    'wstrust-usernamemixed',
    'something-new',
  ])('is an error: protocol %s', async (protocol) => {
    const event = sampleEvent({ user: unverified, transaction: { protocol: protocol as TransactionProtocol } });
    expect((await signIn({ event })).calls).toEqual(deny);
  });

  it.each([
    ['no transaction', { transaction: 'absent' as const }],
    ['prompt=none in the query', { request: { query: { prompt: 'none' } } }],
    ['prompt=none in the body', { request: { body: { prompt: 'none' } } }],
    ['prompt=none twice', { request: { query: { prompt: ['login', 'none'] } } }],
    ['prompt=none in the transaction', { transaction: { prompt: ['none'] } }],
    ['web_message in the query', { request: { query: { response_mode: 'web_message' } } }],
    ['web_message in the transaction', { transaction: { response_mode: 'web_message' } }],
  ])('is an error: %s', async (_name, changes) => {
    expect((await signIn({ event: sampleEvent({ user: unverified, ...changes }) })).calls).toEqual(deny);
  });

  it('is an error if the runtime cannot redirect', async () => {
    const event = sampleEvent({ user: unverified });
    expect((await signIn({ event, api: { canRedirect: false } })).calls).toEqual(deny);
  });

  it('stays an error if only the runtime says that it can redirect', async () => {
    const event = sampleEvent({ user: unverified, transaction: { prompt: ['none'] } });
    expect((await signIn({ event, api: { canRedirect: true } })).calls).toEqual(deny);
  });
});

describe('a refusal with SAML and WS-Federation', () => {
  it.each<TransactionProtocol>(['samlp', 'wsfed', 'oidc-implicit-profile', 'oidc-hybrid-profile'])(
    'redirects: %s',
    async (protocol) => {
      const { calls } = await signIn({ event: sampleEvent({ user: unverified, transaction: { protocol } }) });
      expect(calls[0]?.[0]).toBe('redirect.sendUserTo');
    },
  );
});
