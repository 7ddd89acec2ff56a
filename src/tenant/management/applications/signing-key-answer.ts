import { X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../store/json-value.ts';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';

/** Object identifiers of PKCS #7, encoded: signed data, and data. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
const DATA = Buffer.from('06092a864886f70d010701', 'hex');
const VERSION_1 = Buffer.from('020101', 'hex');

/** Answers by certificate: a list of applications shows the same one many times. */
const answers = new Map<string, JsonObject>();

/**
 * The certificate of a key that signs the tokens of an application, as an application shows it.
 *
 * @example
 * signingKeyAnswer(key) // { cert: '-----BEGIN CERTIFICATE-----…', pkcs7: '-----BEGIN PKCS7-----…', subject: '/CN=…' }
 */
export function signingKeyAnswer({ certificate }: SigningKeyRecord): JsonObject {
  const known = answers.get(certificate);
  if (known !== undefined) return known;
  const der = Buffer.from(certificate, 'base64');
  const answer = {
    cert: pem('CERTIFICATE', der),
    pkcs7: pem('PKCS7', certificateBundle(der)),
    subject: `/${new X509Certificate(der).subject.replaceAll('\n', '/')}`,
  };
  answers.clear();
  answers.set(certificate, answer);
  return answer;
}

/** Signed data of PKCS #7 with one certificate, and without a signature (RFC 2315, section 9). */
function certificateBundle(certificate: Buffer): Buffer {
  const signedData = encoded(
    0x30,
    VERSION_1,
    encoded(0x31),
    encoded(0x30, DATA),
    encoded(0xa0, certificate),
    encoded(0x31),
  );
  return encoded(0x30, SIGNED_DATA, encoded(0xa0, signedData));
}

/** A value of DER: its tag, the length of its content, and the content. */
function encoded(tag: number, ...content: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(content);
  const digits = whole.length.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const length = whole.length < 0x80 ? bytes : Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
  return Buffer.concat([Buffer.from([tag]), length, whole]);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\r\n');
}
