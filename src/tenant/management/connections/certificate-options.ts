import { X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../store/json-value.ts';

const NAMES: Readonly<Record<string, string>> = {
  C: 'countryName',
  ST: 'stateOrProvinceName',
  L: 'localityName',
  O: 'organizationName',
  OU: 'organizationalUnitName',
  CN: 'commonName',
  emailAddress: 'emailAddress',
};

/**
 * The facts about the certificate of a SAML connection that Auth0 shows beside it. A certificate that cannot be read has none.
 *
 * @example
 * certificateOptions('samlp', { signingCert: 'LS0tLS1CRUdJTi…' }) // { cert: '-----BEGIN…', expires: '2036-…', … }
 */
export function certificateOptions(strategy: string, options: JsonObject): JsonObject {
  const endpoint = strategy === 'pingfederate' && typeof options.pingFederateBaseUrl === 'string';
  const shared = endpoint ? { signInEndpoint: options.signInEndpoint ?? options.pingFederateBaseUrl ?? null } : {};
  if (strategy !== 'samlp' && strategy !== 'pingfederate') return shared;
  const cert = pemOf(options.signingCert);
  if (cert === undefined) return shared;
  try {
    const certificate = new X509Certificate(cert);
    return {
      ...shared,
      cert,
      expires: new Date(certificate.validTo).toISOString(),
      subject: subjectOf(certificate),
      thumbprints: [certificate.fingerprint.replaceAll(':', '').toLowerCase()],
    };
  } catch {
    return shared;
  }
}

/** A certificate is sent as PEM, or as PEM in base64. */
function pemOf(sent: unknown): string | undefined {
  if (typeof sent !== 'string' || sent === '') return undefined;
  const text = sent.includes('-----BEGIN') ? sent : Buffer.from(sent, 'base64').toString('utf8');
  return text.includes('-----BEGIN CERTIFICATE-----') ? text : undefined;
}

function subjectOf({ subject }: X509Certificate): JsonObject {
  const parts = subject.split('\n').map((line) => line.split(/=(.*)/s));
  return Object.fromEntries(parts.map(([short = '', value = '']) => [NAMES[short] ?? short, value]));
}
