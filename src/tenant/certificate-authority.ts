import { createPrivateKey, type webcrypto, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// x509 needs this before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** The certificate of an HTTPS server of the tenant, and the file that its clients must trust. */
export interface ServerCertificate {
  /** PEM of the private key. */
  readonly key: string;
  /** PEM of the certificate. */
  readonly certificate: string;
  /** File with the authority's certificate, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 3650;
/** Apple's systems refuse certificates that are valid for longer, whichever authority signed them. */
const SERVER_DAYS = 397;

/**
 * The names that the authority may certify, as a critical name constraint (RFC 5280 §4.2.1.10): a stolen key
 * can impersonate only this machine's loopback names. DER of
 * `permittedSubtrees: dNSName localhost, iPAddress 127.0.0.0/8, iPAddress ::1/128`.
 */
const LOOPBACK_ONLY = Buffer.concat([
  Buffer.from('303fa03d', 'hex'),
  Buffer.from('300b8209', 'hex'),
  Buffer.from('localhost', 'latin1'),
  Buffer.from('300a87087f000000ff000000', 'hex'),
  Buffer.from('3022', 'hex'),
  Buffer.from('8720', 'hex'),
  Buffer.from(`${'00'.repeat(15)}01${'ff'.repeat(16)}`, 'hex'),
]);

/**
 * A server certificate for `localhost` and the loopback addresses. It is signed by an authority that is created once per folder
 * and stored there (`ca.pem`, `ca-key.pem`). The server's own key is new at every call and never stored.
 *
 * @param folder folder of the authority; created if it does not exist
 * @throws errors of the file system if the folder cannot be read or written
 * @example
 * const { key, certificate, caFile } = await issueServerCertificate('.portcullis/certificates');
 * createServer({ key, cert: certificate }, handler);
 */
export async function issueServerCertificate(folder: string): Promise<ServerCertificate> {
  const caFile = join(folder, 'ca.pem');
  const authority = (await readAuthority(folder)) ?? (await makeAuthority(folder));
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(SERVER_DAYS),
    subject: 'CN=localhost, O=Portcullis local tenant',
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await exportKey(keys.privateKey), certificate: certificate.toString('pem'), caFile };
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

async function makeAuthority(folder: string): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(AUTHORITY_DAYS),
    // The serial distinguishes the authorities of two folders if both are trusted.
    name: `CN=Portcullis local tenant ${crypto.randomUUID().slice(0, 8)}, O=Portcullis`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.Extension('2.5.29.30', true, LOOPBACK_ONLY),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ca-key.pem'), await exportKey(keys.privateKey), { mode: 0o600 });
  writeFileSync(join(folder, 'ca.pem'), certificate.toString('pem'));
  return { certificate, key: keys.privateKey };
}

/** The authority in the folder. `undefined` if there is none, if it is unreadable, or if it expires soon. */
async function readAuthority(folder: string): Promise<Authority | undefined> {
  let pem: string;
  let keyPem: string;
  try {
    pem = readFileSync(join(folder, 'ca.pem'), 'utf8');
    keyPem = readFileSync(join(folder, 'ca-key.pem'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const certificate = new x509.X509Certificate(pem);
    if (certificate.notAfter.getTime() < Date.now() + SERVER_DAYS * DAY) return undefined;
    const der = x509.PemConverter.decode(keyPem)[0];
    // Two files of two authorities make no certificate that a client accepts.
    const isOfKey = new X509Certificate(pem).checkPrivateKey(createPrivateKey(keyPem));
    if (der === undefined || !isOfKey) return undefined;
    return { certificate, key: await crypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']) };
  } catch {
    return undefined;
  }
}

function validity(days: number): { notBefore: Date; notAfter: Date; serialNumber: string } {
  // Starts a day ago, for clocks that disagree (containers, virtual machines).
  const notBefore = new Date(Date.now() - DAY);
  const serial = crypto.getRandomValues(new Uint8Array(16));
  serial[0] = (serial[0] ?? 0) & 0x7f;
  return {
    notBefore,
    notAfter: new Date(notBefore.getTime() + days * DAY),
    serialNumber: Buffer.from(serial).toString('hex'),
  };
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
