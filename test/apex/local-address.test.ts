import { describe, expect, test } from 'vitest';
import { openGate, page } from './gate.ts';
import { CLIENT } from './openid-provider.ts';

const realPages = {
  landingPage: 'https://apex.example.com/ords/r/team/app/sorry',
  signedOutPage: 'https://apex.example.com/ords/f?p=100:GOODBYE:0',
};
const logout = (returnTo: string) =>
  `https://example.eu.auth0.com/v2/logout?client_id=real&returnTo=${encodeURIComponent(returnTo)}`;

describe('a scheme with the addresses of the real tenant and application', () => {
  test.each([
    ['the signed-out page', realPages.signedOutPage, 'signed-out'],
    [
      'the landing page, with its reason',
      `${realPages.landingPage}?reason=no_matching_rule`,
      'refused?reason=no_matching_rule',
    ],
    ['a page of the same alias', 'https://apex.example.com/ords/r/team/app/login', 'login'],
    ['a page of the same number', 'https://apex.example.com/ords/f?p=100:9999:0', 'login'],
    ['a page that does not exist', 'https://apex.example.com/ords/r/team/app/nowhere', 'signed-out'],
    ['no address', 'nowhere', 'signed-out'],
  ])('signs out of the local tenant, back to %s', async (_, returnTo, alias) => {
    await using gate = await openGate({ attributes: { postLogoutUrl: logout(returnTo) }, options: { realPages } });
    const target = new URL(gate.standIn.postLogoutUrl);
    expect(`${target.origin}${target.pathname}`).toBe(
      new URL('v2/logout', `${gate.provider.issuer.replace(/\/$/, '')}/`).href,
    );
    expect(target.searchParams.get('client_id')).toBe(CLIENT.id);
    expect(target.searchParams.get('returnTo')).toBe(page(gate, alias));
  });

  test('ends a failed sign-in on the local landing page', async () => {
    const attributes = {
      verifyAttributes: true,
      invalidSessionType: 'URL',
      invalidSessionUrl: realPages.landingPage,
    } as const;
    await using gate = await openGate({ attributes, ann: { email_verified: false }, options: { realPages } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.url.href).toBe(gate.standIn.landingPageUrl);
  });

  test('does not change any other address', async () => {
    for (const postLogoutUrl of ['https://www.example.com/', 'https://apex.example.com/ords/r/team/app/sorry2']) {
      await using gate = await openGate({ attributes: { postLogoutUrl }, options: { realPages } });
      expect(gate.standIn.postLogoutUrl).toBe(postLogoutUrl);
    }
    await using gate = await openGate({ attributes: { postLogoutUrl: 'f?p=100:SIGNED-OUT:0' } });
    expect(gate.standIn.postLogoutUrl).toBe(`${gate.standIn.url}/ords/f?p=100:SIGNED-OUT:0`);
  });

  test('is refused if an address is not valid', async () => {
    await expect(openGate({ attributes: { postLogoutUrl: 'https://#HOST#/x' } })).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('postLogoutUrl'),
    });
  });
});
