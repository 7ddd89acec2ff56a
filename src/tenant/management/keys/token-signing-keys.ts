import type { JsonObject } from '../../store/json-value.ts';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { shownCertificate } from './shown-key.ts';

/**
 * The keys that sign the tenant's tokens: `/keys/signing`.
 *
 * @see https://auth0.com/docs/get-started/tenant-settings/signing-keys
 */
export function signingKeyOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  return singleOperations(dependencies, {
    'GET /keys/signing': {
      handle: () => {
        const keys = store.signingKeys.list();
        return () => Promise.all(keys.map(answerOf));
      },
    },
    'GET /keys/signing/{kid}': {
      handle: ({ params }) => {
        const found = store.signingKeys.list().find(({ kid }) => kid === params.kid);
        if (found === undefined) throw notFound('The signing key does not exist.');
        return () => answerOf(found);
      },
    },
  });
}

async function answerOf({ kid, certificate, state, created_at }: SigningKeyRecord): Promise<JsonObject> {
  return {
    kid,
    ...(await shownCertificate(certificate)),
    current: state === 'current',
    next: state === 'next',
    previous: state === 'previous',
    ...(state === 'current' && { current_since: created_at }),
    revoked: false,
  };
}
