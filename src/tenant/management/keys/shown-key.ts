import { createHash } from 'node:crypto';

/** A certificate in the forms in which Auth0 shows it. */
interface ShownCertificate {
  readonly cert: string;
  readonly pkcs7: string;
  /** SHA-1 in hexadecimal, with colons. */
  readonly fingerprint: string;
  readonly thumbprint: string;
}

/**
 * A certificate in the forms in which Auth0 shows it.
 *
 * @param certificate DER in base64
 * @example
 * (await shownCertificate(record.certificate)).cert // '-----BEGIN CERTIFICATE-----\r\n…'
 */
export async function shownCertificate(certificate: string): Promise<ShownCertificate> {
  // Loaded by the first request for it: what reads certificates takes long to load, and needs this metadata before.
  await import('reflect-metadata');
  const { X509Certificate, X509Certificates } = await import('@peculiar/x509');
  const thumbprint = createHash('sha1').update(Buffer.from(certificate, 'base64')).digest('hex').toUpperCase();
  return {
    cert: pem('CERTIFICATE', certificate),
    pkcs7: pem('PKCS7', new X509Certificates([new X509Certificate(certificate)]).export('base64')),
    fingerprint: thumbprint.replace(/(..)(?=.)/g, '$1:'),
    thumbprint,
  };
}

function pem(label: string, base64: string): string {
  const lines = base64.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\r\n');
}
