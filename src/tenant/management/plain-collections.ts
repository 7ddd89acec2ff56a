import { base58Id, randomName } from '../store/identifiers.ts';
import { objectOf } from '../store/json-value.ts';
import { conflict, notFound } from './http/api-error.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import type { Operation } from './operation.ts';
import { collection } from './resources/collection.ts';

const name = (members: { readonly name?: unknown }): string | undefined =>
  typeof members.name === 'string' ? members.name : undefined;

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';
/** The members of a user that become its id, unless a profile says otherwise. */
const userIdMapping = {
  oidc_mapping: 'sub',
  saml_mapping: [`${claims}nameidentifier`, `${claims}upn`, `${claims}name`],
  scim_mapping: 'externalId',
};

/**
 * Resources that are stored, shown, listed and removed as the published description says, and that nothing else in the tenant
 * looks at.
 */
const plainCollections = [
  collection({
    path: '/connection-profiles',
    called: 'connection profile',
    removesAbsent: true,
    id: () => base58Id('cop_'),
    missing: 'Connection profile not found.',
    defaults: { connection_config: null, strategy_overrides: null },
  }),
  collection({
    path: '/rate-limit-policies',
    called: 'rate limit policy',
    id: () => base58Id('rlp_'),
    times: true,
    missing: 'Rate limit policy not found.',
  }),
  collection({
    path: '/token-exchange-profiles',
    called: 'token exchange profile',
    removesAbsent: true,
    id: () => `tep_${randomName(16)}`,
    times: true,
    missing: 'Token exchange profile not found.',
    unique: {
      of: ({ subject_token_type }) => (typeof subject_token_type === 'string' ? subject_token_type : undefined),
      refuse: () => conflict('A token exchange profile with the same subject_token_type already exists.', 'conflict'),
    },
  }),
  collection({
    path: '/user-attribute-profiles',
    called: 'user attribute profile',
    removesAbsent: true,
    id: () => base58Id('uap_'),
    missing: 'User attribute profile not found.',
    present: (answer) => ({ ...answer, user_id: { ...userIdMapping, ...objectOf(answer.user_id) } }),
  }),
  collection({
    path: '/verifiable-credentials/verification/templates',
    called: 'verification template',
    id: () => base58Id('vct_'),
    times: true,
    unique: { of: name, refuse: () => conflict('A template with the same name already exists.', 'conflict') },
  }),
  collection({
    path: '/rules',
    called: 'rule',
    removesAbsent: true,
    id: () => `rul_${randomName(16)}`,
    missing: () => notFound('The rule does not exist', 'inexistent_rule'),
    defaults: { enabled: true, stage: 'login_success' },
    unique: { of: name, refuse: () => conflict('A rule with the same name already exists', 'conflict') },
    filter: ({ members }, { enabled }) => enabled === undefined || (members.enabled ?? true) === enabled,
    beforeCreate: (members, _, { store }) => ({ order: store.records.at({ kind: '/rules' }).length + 1, ...members }),
  }),
];

export function plainCollectionOperations(dependencies: ManagementDependencies): Operation[] {
  return plainCollections.flatMap((operations) => operations(dependencies));
}
