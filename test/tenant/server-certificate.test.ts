import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serverCertificate } from '../../src/tenant/server-certificate.ts';

describe('the server certificate of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-server-certificate-'));
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  });

  const isOf = async (certificate: string) =>
    new X509Certificate(certificate).verify(new X509Certificate(readFileSync(join(folder, 'ca.pem'))).publicKey);

  it('is issued once, and its key can be read by its owner alone', async () => {
    const first = await serverCertificate(folder);
    expect(await serverCertificate(folder)).toEqual(first);
    expect(statSync(join(folder, 'server.pem')).mode & 0o777).toBe(0o600);
  });

  it('is renewed before it ends', async () => {
    const first = await serverCertificate(folder);
    const end = Date.parse(new X509Certificate(first.certificate).validTo);
    vi.useFakeTimers({ toFake: ['Date'], now: end - 29 * 24 * 60 * 60 * 1000 });
    const second = await serverCertificate(folder);
    expect(second.certificate).not.toBe(first.certificate);
    expect(await isOf(second.certificate)).toBe(true);
  });

  it.each(['', 'not a certificate', 'half'])('is issued again if its file holds "%s"', async (content) => {
    const { key, certificate } = await serverCertificate(folder);
    writeFileSync(join(folder, 'server.pem'), content === 'half' ? key : content);
    const again = await serverCertificate(folder);
    expect(again.certificate).not.toBe(certificate);
    expect(await isOf(again.certificate)).toBe(true);
  });

  it('is issued again if the authority is another one', async () => {
    const { certificate } = await serverCertificate(folder);
    rmSync(join(folder, 'ca.pem'));
    rmSync(join(folder, 'ca-key.pem'));
    const again = await serverCertificate(folder);
    expect(again.certificate).not.toBe(certificate);
    expect(await isOf(again.certificate)).toBe(true);
  });
});
