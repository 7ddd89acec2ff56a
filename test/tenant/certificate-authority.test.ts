import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueServerCertificate } from '../../src/tenant/certificate-authority.ts';

describe('the certificate authority of a tenant', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-ca-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('makes a server that Node.js trusts with only NODE_EXTRA_CA_CERTS, by name and by address', async () => {
    const { key, certificate, caFile } = await issueServerCertificate(folder);
    const server = createServer({ key, cert: certificate }, (_request, response) => response.end('trusted'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = (host: string, environment: NodeJS.ProcessEnv) =>
      new Promise<string>((resolve) => {
        const script = `fetch('https://${host}:${port}/').then((r) => r.text()).catch((e) => e.cause.code).then(console.log)`;
        execFile(process.execPath, ['-e', script], { env: environment }, (_error, stdout) => resolve(stdout.trim()));
      });
    expect(await ask('localhost', { NODE_EXTRA_CA_CERTS: caFile })).toBe('trusted');
    expect(await ask('127.0.0.1', { NODE_EXTRA_CA_CERTS: caFile })).toBe('trusted');
    expect(await ask('localhost', {})).not.toBe('trusted');
    server.close();
  });

  it('keeps the authority and renews the server certificate', async () => {
    const first = await issueServerCertificate(folder);
    const authority = readFileSync(first.caFile, 'utf8');
    const second = await issueServerCertificate(folder);
    expect(readFileSync(second.caFile, 'utf8')).toBe(authority);
    expect(second.certificate).not.toBe(first.certificate);
  });

  it('makes a new authority if the stored one is broken', async () => {
    const { caFile } = await issueServerCertificate(folder);
    writeFileSync(caFile, 'not a certificate');
    await issueServerCertificate(folder);
    expect(readFileSync(caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
  });

  it('can certify only loopback names', async () => {
    const { caFile } = await issueServerCertificate(folder);
    const authority = new x509.X509Certificate(readFileSync(caFile));
    const [der] = x509.PemConverter.decode(readFileSync(join(folder, 'ca-key.pem'), 'utf8'));
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const signingKey = await crypto.subtle.importKey('pkcs8', der ?? new ArrayBuffer(0), algorithm, false, ['sign']);
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const forged = await x509.X509CertificateGenerator.create({
      subject: 'CN=bank.example',
      issuer: authority.subject,
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: algorithm,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'bank.example' }])],
    });
    const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
    const server = createServer({ key, cert: forged.toString('pem') });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const refusal = await new Promise<string>((resolve) => {
      connect({ port, host: '127.0.0.1', servername: 'bank.example', ca: readFileSync(caFile) })
        .on('secureConnect', () => resolve('trusted'))
        .on('error', (error: Error) => resolve(error.message));
    });
    server.close();
    expect(refusal).toBe('permitted subtree violation');
  });
});
