import { webcrypto } from 'node:crypto';
// x509 needs it to be loaded first.
import 'reflect-metadata';
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import type { StandInOptions } from '../../src/apex/stand-in/options.ts';
import { startStandIn } from '../../src/apex/stand-in/stand-in.ts';
import { APPLICATION, openGate } from './gate.ts';

const options: StandInOptions = {
  port: 0,
  issuer: 'http://localhost:1/',
  clientId: 'apex',
  clientSecret: 'secret',
  application: APPLICATION,
  claim: 'https://apex.example.com/roles',
  organizationPrefix: 'ORG:',
};

describe('starting', () => {
  test('needs no provider yet, and gives the addresses to register', async () => {
    const standIn = await startStandIn(options);
    const { port } = new URL(standIn.url);
    expect(standIn).toMatchObject({
      url: `http://localhost:${port}`,
      homeUrl: `http://localhost:${port}/ords/r/demo/gate/home`,
      callbackUrl: `http://localhost:${port}/ords/apex_authentication.callback`,
      landingPageUrl: `http://localhost:${port}/ords/r/demo/gate/refused`,
      signedOutUrl: `http://localhost:${port}/ords/r/demo/gate/signed-out`,
    });
    await standIn.close();
    await standIn.close();
    await expect(fetch(standIn.url)).rejects.toThrow();
  });

  test('on a port in use reports it', async () => {
    const standIn = await startStandIn(options);
    const port = Number(new URL(standIn.url).port);
    await expect(startStandIn({ ...options, port })).rejects.toMatchObject({
      code: 'port_in_use',
      message: expect.stringContaining(String(port)),
    });
    await standIn.close();
  });

  test('listens on the given host and uses it in its addresses', async () => {
    const standIn = await startStandIn({ ...options, host: '127.0.0.1' });
    expect(standIn.callbackUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ords\//);
    expect((await fetch(standIn.landingPageUrl)).status).toBe(200);
    await standIn.close();
  });

  test('on an address that does not exist reports it', async () => {
    await expect(startStandIn({ ...options, host: '203.0.113.7' })).rejects.toMatchObject({ code: 'cannot_listen' });
  });

  const mistakes: [string, Partial<StandInOptions>][] = [
    ['issuer', { issuer: 'http://tenant.example.com/' }],
    ['issuer', { issuer: 'tenant.example.com' }],
    ['issuer', { issuer: 'http://localhost.example.com/' }],
    ['clientId', { clientId: '' }],
    ['claim', { claim: '' }],
    ['landingPage', { landingPage: '../home' }],
    ['landingPage', { landingPage: 'home' }],
    ['application.id', { application: { ...APPLICATION, id: 0 } }],
    ['application.alias', { application: { ...APPLICATION, alias: 'a/b' } }],
    ['authUriParameters', { attributes: { authUriParameters: 'state=x' } }],
    ['authUriParameters', { attributes: { switchableSchemes: [{ name: 'X', authUriParameters: 'redirect_uri=x' }] } }],
  ];

  test.each(mistakes)('refuses a wrong %s: %j', async (option, change) => {
    await expect(startStandIn({ ...options, ...change })).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining(`"${option}"`),
    });
  });
});

describe('an issuer over HTTPS', () => {
  test('is reached with the certificate that the options trust, and with no other', async () => {
    const { ca, tls } = await certificates();
    await using gate = await openGate({ provider: { tls }, options: { ca } });
    const callback = await gate.browser.open(gate.standIn.homeUrl);
    expect(callback.headers.get('location')).toMatch(/^https:\/\/localhost:\d+\/auth\?/);

    await using distrustful = await openGate({ provider: { tls } });
    const refused = await distrustful.browser.open(distrustful.standIn.homeUrl);
    expect(refused.status).toBe(502);
    expect(distrustful.events).toMatchObject([{ type: 'error', code: 'provider_unreachable' }]);
  });
});

/** A certificate authority that is valid for a minute, and a certificate for `localhost`. */
async function certificates() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const [authority, server] = await Promise.all([
    webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']),
  ]);
  const ca = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test authority',
    keys: authority,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  });
  const leaf = await X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: ca.subject,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', server.privateKey)).toString('base64');
  const pem = `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`;
  return { ca: ca.toString('pem'), tls: { cert: leaf.toString('pem'), key: pem } };
}
