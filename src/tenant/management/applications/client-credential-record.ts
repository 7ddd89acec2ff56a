import { createHash, createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Management } from 'auth0';
import { randomName } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientCredentialRecord } from '../../store/records/applications/client-credential-repository.ts';
import { invalidBody } from '../http/api-error.ts';

type NewCredentialBody = Management.PostClientCredentialRequestContent;

/** Auth0 accepts no signatures of shorter RSA keys. */
const shortestKey = 2048;

/**
 * Creates a credential from a request: a public key with its RFC 7638 thumbprint as `kid`, a certificate's subject, or a
 * certificate with its SHA-256 thumbprint.
 *
 * @throws ApiError 400 `invalid_body` if the PEM is not valid, holds a private key, or lacks a member that the type needs
 * @see Auth0 docs: "Configure Private Key JWT Authentication", "Set Up Customer Managed mTLS"
 * @example
 * newClientCredential(clientId, { credential_type: 'public_key', pem }, new Date().toISOString())
 */
export function newClientCredential(clientId: string, body: NewCredentialBody, at: string): ClientCredentialRecord {
  refusePrivateKey(body.pem);
  const details = detailsOf(body);
  return {
    id: `cred_${randomName(22)}`,
    client_id: clientId,
    credential_type: body.credential_type,
    ...(body.name !== undefined && { name: body.name }),
    ...details,
    created_at: at,
    updated_at: at,
  };
}

/** A credential as the API returns it, without the key itself. */
export function clientCredentialAnswer(record: ClientCredentialRecord): JsonObject {
  const { client_id: _, public_jwk: __, ...shown } = record;
  return shown;
}

type Details = Pick<
  ClientCredentialRecord,
  'kid' | 'alg' | 'subject_dn' | 'thumbprint_sha256' | 'expires_at' | 'public_jwk'
>;

function detailsOf(body: NewCredentialBody): Details {
  if (body.credential_type === 'public_key') return publicKeyDetails(body);
  refuseMembers(body, ['alg', 'kid', 'expires_at', 'parse_expiry_from_cert']);
  if (body.credential_type === 'x509_cert') {
    refuseMembers(body, ['subject_dn']);
    const certificate = certificateOf(required(body.pem));
    return { thumbprint_sha256: digest(certificate.raw), expires_at: certificate.validToDate.toISOString() };
  }
  if ((body.pem === undefined) === (body.subject_dn === undefined)) {
    throw invalidBody('Exactly one of pem and subject_dn is needed for a credential of type cert_subject_dn.');
  }
  return { subject_dn: body.subject_dn ?? certificateOf(required(body.pem)).subject };
}

function publicKeyDetails(body: NewCredentialBody): Details {
  refuseMembers(body, ['subject_dn']);
  const pem = required(body.pem);
  const jwk = publicKeyOf(pem).export({ format: 'jwk' });
  const expires_at = expiryOf(body, pem);
  return {
    kid: body.kid ?? thumbprint(jwk),
    alg: body.alg ?? 'RS256',
    ...(expires_at !== undefined && { expires_at }),
    public_jwk: { ...jwk } as JsonObject,
  };
}

function expiryOf(body: NewCredentialBody, pem: string): string | undefined {
  if (body.parse_expiry_from_cert === true) return certificateOf(pem).validToDate.toISOString();
  return body.expires_at === undefined ? undefined : new Date(body.expires_at).toISOString();
}

function publicKeyOf(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw invalidBody('The pem is neither a public key nor a certificate. Send it with its BEGIN and END lines.');
  }
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestKey) {
    throw invalidBody(`The pem must hold an RSA public key of at least ${shortestKey} bits.`);
  }
  return key;
}

function certificateOf(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw invalidBody('The pem is no X.509 certificate. Send it with its BEGIN and END lines.');
  }
}

/** RFC 7638: the members that the key needs, in order of name. */
function thumbprint({ e, kty, n }: JsonWebKey): string {
  return digest(JSON.stringify({ e, kty, n }));
}

function digest(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('base64url');
}

/** Node.js would use its public half. The caller must learn of the mistake instead. */
function refusePrivateKey(pem: string | undefined): void {
  if (pem !== undefined && /PRIVATE KEY/.test(pem)) {
    throw invalidBody('The pem holds a private key. Send the public key alone, and replace the pair.');
  }
}

function refuseMembers(body: NewCredentialBody, members: readonly (keyof NewCredentialBody)[]): void {
  const found = members.find((member) => body[member] !== undefined);
  if (found !== undefined) {
    throw invalidBody(`A credential of type ${body.credential_type} has no ${found}.`);
  }
}

function required(pem: string | undefined): string {
  if (pem === undefined) throw invalidBody("Payload validation error: 'Missing required property: pem'.");
  return pem;
}
