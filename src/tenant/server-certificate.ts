import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerCertificate } from './certificate-authority.ts';

/** A stored certificate is renewed this many milliseconds before it ends. */
const RENEWAL = 30 * 24 * 60 * 60 * 1000;

/**
 * The server certificate of a folder and its authority. It is issued once and stored in the folder (`server.pem`, with its key), since
 * to load what issues certificates takes longer than most of a start. It is renewed before it ends, or if it is not of the authority.
 *
 * @param folder folder of the authority; created if it does not exist
 * @throws errors of the file system if the folder cannot be read or written
 * @example
 * const { key, certificate, caFile } = await serverCertificate('.portcullis/certificates');
 */
export async function serverCertificate(folder: string): Promise<ServerCertificate> {
  const stored = readCertificate(folder);
  if (stored !== undefined) return stored;
  const { issueServerCertificate } = await import('./certificate-authority.ts');
  const issued = await issueServerCertificate(folder);
  const file = join(folder, 'server.pem');
  // Both in one file, which gets its name when it is whole: another process never reads a key without its certificate.
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${issued.key}\n${issued.certificate}\n`, { mode: 0o600 });
  renameSync(beside, file);
  return issued;
}

function readCertificate(folder: string): ServerCertificate | undefined {
  const caFile = join(folder, 'ca.pem');
  try {
    const text = readFileSync(join(folder, 'server.pem'), 'utf8');
    const [key = '', certificate = ''] = text.match(/-----BEGIN [\s\S]*?-----END [A-Z ]+-----/g) ?? [];
    const [server, authority] = [new X509Certificate(certificate), new X509Certificate(readFileSync(caFile))];
    const isUsable =
      server.checkPrivateKey(createPrivateKey(key)) &&
      server.checkIssued(authority) &&
      server.verify(authority.publicKey) &&
      [server, authority].every(({ validTo }) => Date.parse(validTo) > Date.now() + RENEWAL);
    return isUsable ? { key, certificate, caFile } : undefined;
  } catch {
    // Missing or broken: it is issued again, which reports a folder that cannot be used.
    return undefined;
  }
}
