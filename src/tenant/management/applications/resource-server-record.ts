import { hexadecimalId } from '../../store/identifiers.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';

/** An API with Auth0's defaults. */
export function newResourceServer(identifier: string, name?: string): ResourceServerRecord {
  return {
    id: hexadecimalId(),
    identifier,
    name: name ?? identifier,
    is_system: false,
    scopes: [],
    signing_alg: 'RS256',
    token_lifetime: 86_400,
    token_lifetime_for_web: 7_200,
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    enforce_policies: false,
    token_dialect: 'access_token',
    other: {
      subject_type_authorization: { client: { policy: 'require_client_grant' }, user: { policy: 'allow_all' } },
    },
    given: [],
  };
}
