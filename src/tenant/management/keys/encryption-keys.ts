import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt, randomUUID } from 'node:crypto';
import { invalidBody, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection, type ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';

const place = { kind: '/keys/encryption' };
/** Length of the wrapping key, and so of a text that is encrypted for it. */
const modulusBytes = 256;
const missing = 'The encryption key does not exist.';

const encryptionKeys = collection({
  path: place.kind,
  called: 'encryption key',
  idMember: 'kid',
  id: () => randomUUID(),
  missing,
  times: true,
  defaults: { state: 'pre-activation', parent_kid: null },
  present: ({ wrapping_key: _, ...shown }) => shown,
});

/**
 * Keys that would encrypt the tenant's data: `/keys/encryption`. They are stored and shown: the data of a local tenant is
 * not encrypted.
 *
 * @see https://auth0.com/docs/secure/highly-regulated-identity/customer-managed-keys
 */
export function encryptionKeyOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const find = ({ params }: ResourceCall) => {
    const record = store.records.find(place, String(params.kid));
    if (record === undefined) throw notFound(missing);
    return record;
  };
  const beside = singleOperations(dependencies, {
    [`POST ${place.kind}/rekey`]: {
      description: 'Perform rekeying operation on the key hierarchy',
      handle: () => {
        for (const { id, members } of store.records.at(place)) {
          if (members.state === 'active') store.records.put(place, id, { ...members, state: 'destroyed' });
        }
        const root = randomUUID();
        store.records.put(place, root, { type: 'environment-root-key', parent_kid: null, state: 'active' });
        store.records.put(place, randomUUID(), { type: 'tenant-master-key', parent_kid: root, state: 'active' });
        return undefined;
      },
    },
    [`POST ${place.kind}/{kid}/wrapping-key`]: {
      description: 'Create the public wrapping key',
      handle: (call) => {
        const { id, members } = find(call);
        const { publicKey, privateKey } = generateKeyPairSync('rsa', {
          modulusLength: 2048,
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        });
        store.records.put(place, id, { ...members, wrapping_key: privateKey });
        return { public_key: publicKey, algorithm: 'CKM_RSA_AES_KEY_WRAP' };
      },
    },
    [`POST ${place.kind}/{kid}`]: {
      description: 'Import the encryption key',
      handle: (call) => {
        const { id, members } = find(call);
        const { wrapping_key, ...rest } = members;
        const material = unwrapped(String(wrapping_key ?? ''), String(call.body.wrapped_key));
        if (material?.length !== 32) {
          throw invalidBody('Invalid input. Wrapped key material is invalid or unsupported key type.');
        }
        // The data of a local tenant is not encrypted, so that the material itself is not stored.
        const changed = store.records.put(place, id, { ...rest, wrapping_key: wrapping_key ?? null, state: 'active' });
        const { created_at, updated_at } = changed;
        return { kid: id, ...rest, state: 'active', parent_kid: null, created_at, updated_at };
      },
    },
  });
  const keys = encryptionKeys(dependencies).filter(({ method, path }) => method !== 'POST' || path === place.kind);
  return [...beside, ...keys];
}

/**
 * The key that was wrapped by `CKM_RSA_AES_KEY_WRAP`: an AES key, encrypted for the wrapping key, wraps it.
 *
 * @returns `undefined` if it cannot be unwrapped
 * @see RFC 5649 for the wrapping by AES
 */
function unwrapped(wrappingKey: string, sent: string): Buffer | undefined {
  const bytes = Buffer.from(sent, 'base64');
  for (const oaepHash of ['sha256', 'sha1']) {
    try {
      const encrypted = { key: wrappingKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
      const aes = privateDecrypt(encrypted, bytes.subarray(0, modulusBytes));
      const decipher = createDecipheriv('id-aes256-wrap-pad', aes, Buffer.from('A65959A6', 'hex'));
      return Buffer.concat([decipher.update(bytes.subarray(modulusBytes)), decipher.final()]);
    } catch {
      // Another hash, or another key.
    }
  }
  return undefined;
}
