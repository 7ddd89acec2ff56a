import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { issueServerCertificate } from '../../src/tenant/certificate-authority.ts';
import { keysIn } from '../../src/tenant/kept-keys.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-kept-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const authority = () => readFileSync(join(folder, 'keys', 'ca.pem'), 'utf8');

it('keys are created once and used again', async () => {
  const first = await keysIn(folder);
  const certificate = authority();
  expect(await keysIn(folder)).toEqual(first);
  await issueServerCertificate(first.certificateFolder);
  expect(authority()).toBe(certificate);
  expect(readdirSync(folder)).toEqual(['keys']);
});

it('tenants that start at the same time use the same keys', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => keysIn(folder)));
  for (const keys of all) expect(keys).toEqual(all[0]);
  expect(readdirSync(folder)).toEqual(['keys']);
});

it('keys that cannot be read are replaced', async () => {
  await keysIn(folder);
  writeFileSync(join(folder, 'keys', 'signing-keys.json'), '[{"st');
  expect((await keysIn(folder)).signingKeys.length).toBeGreaterThan(0);
});

it('an authority whose two files do not belong together is replaced', async () => {
  const [one, other] = [join(folder, 'one'), join(folder, 'other')];
  await issueServerCertificate(one);
  await issueServerCertificate(other);
  writeFileSync(join(one, 'ca-key.pem'), readFileSync(join(other, 'ca-key.pem')));
  const before = readFileSync(join(one, 'ca.pem'), 'utf8');
  await issueServerCertificate(one);
  expect(readFileSync(join(one, 'ca.pem'), 'utf8')).not.toBe(before);
});
