import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { invalidBody, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';

const place = { kind: '/keys/encryption' };
const missing = 'The encryption key does not exist.';

const encryptionKeys = collection({
  path: place.kind,
  called: 'encryption key',
  idMember: 'kid',
  id: () => randomUUID(),
  missing,
  times: true,
  defaults: { state: 'pre-activation', parent_kid: null },
});

/**
 * Keys that would encrypt the tenant's data: `/keys/encryption`. They are stored and shown: the data of a local tenant is
 * not encrypted.
 *
 * @see https://auth0.com/docs/secure/highly-regulated-identity/customer-managed-keys
 */
export function encryptionKeyOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
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
      handle: ({ params }) => {
        if (store.records.find(place, String(params.kid)) === undefined) throw notFound(missing);
        const { publicKey } = generateKeyPairSync('rsa', {
          modulusLength: 2048,
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        });
        return { public_key: publicKey, algorithm: 'CKM_RSA_AES_KEY_WRAP' };
      },
    },
    [`POST ${place.kind}/{kid}`]: {
      description: 'Import the encryption key',
      handle: () => {
        throw invalidBody('Invalid input. Wrapped key material is invalid or unsupported key type.');
      },
    },
  });
  const keys = encryptionKeys(dependencies).filter(({ method, path }) => method !== 'POST' || path === place.kind);
  return [...beside, ...keys];
}
