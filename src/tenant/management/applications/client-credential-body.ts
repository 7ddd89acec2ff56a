import { z } from 'zod';
import { bodyOf, formatted } from '../http/body-schemas.ts';

/** RFC 3339 with a date and a time. */
const dateTime = formatted(
  'date-time',
  (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text)),
);

const name = z.string().max(128).optional();
const pem = z.string().min(1).max(16_384);
const expiry = { parse_expiry_from_cert: z.boolean().optional(), expires_at: dateTime.optional() };
const signing = {
  alg: z.enum(['RS256', 'RS384', 'PS256']).optional(),
  kid: z
    .string()
    .min(10)
    .max(64)
    .regex(/^([0-9a-zA-Z-_]{10,64})$/)
    .optional(),
};

const publicKey = z.strictObject({ credential_type: z.literal('public_key'), name, pem, ...signing, ...expiry });
const subjectName = z.strictObject({
  credential_type: z.literal('cert_subject_dn'),
  name,
  subject_dn: z.string().min(1).max(256).optional(),
  pem: pem.optional(),
});
const certificate = z.strictObject({ credential_type: z.literal('x509_cert'), name, pem });

const listOf = <Item extends z.ZodType>(item: Item) => z.strictObject({ credentials: z.array(item) });

/** A key or certificate that is added to an existing application. */
export const newCredentialBody = bodyOf({
  credential_type: z.enum(['public_key', 'cert_subject_dn', 'x509_cert']),
  name,
  subject_dn: z.string().min(1).max(256).optional(),
  pem: pem.optional(),
  ...signing,
  ...expiry,
});

export const credentialPatchBody = bodyOf({ expires_at: dateTime.nullable().optional() });

const vault = {
  ip_allowlist: z.array(z.string().min(1).max(64)).optional(),
  grants: z.array(z.strictObject({ connection: z.string().min(1), scopes: z.array(z.string().min(1)) })).optional(),
};

/** Members of a new application that hold credentials. Each credential is created with it. */
export const newCredentialMembers = {
  client_authentication_methods: z
    .strictObject({
      private_key_jwt: listOf(publicKey).optional(),
      tls_client_auth: listOf(subjectName).optional(),
      self_signed_tls_client_auth: listOf(certificate).optional(),
    })
    .nullable()
    .optional(),
  signed_request_object: z
    .strictObject({ required: z.boolean().optional(), credentials: z.array(publicKey).optional() })
    .nullable()
    .optional(),
  token_vault_privileged_access: z
    .strictObject({ credentials: z.array(publicKey), ...vault })
    .nullable()
    .optional(),
};

const reference = z.strictObject({ id: z.string().min(1).max(64) });

/** Members of an application that refer to its existing credentials. */
export const credentialReferenceMembers = {
  client_authentication_methods: z
    .strictObject({
      private_key_jwt: listOf(reference).optional(),
      tls_client_auth: listOf(reference).optional(),
      self_signed_tls_client_auth: listOf(reference).optional(),
    })
    .nullable()
    .optional(),
  signed_request_object: z
    .strictObject({ required: z.boolean().optional(), credentials: z.array(reference).optional() })
    .nullable()
    .optional(),
  token_vault_privileged_access: z
    .strictObject({ credentials: z.array(reference), ...vault })
    .nullable()
    .optional(),
};

export type NewCredentialBody = z.output<typeof newCredentialBody>;
