import { randomBytes } from 'node:crypto';
import { base58Id } from '../../store/identifiers.ts';
import { conflict, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { findOrganization } from './organizations.ts';

const path = '/organizations/{id}/discovery-domains';
const defaults = { status: 'pending', use_for_organization_discovery: true };
const missing = 'No organization domain found by that id';

const discoveryDomains = collection({
  path,
  called: 'discovery domain of an organization',
  removesAbsent: true,
  id: () => base58Id('ord_'),
  missing,
  parent: ({ store }, { params }) => `organizations/${findOrganization(store, String(params.id)).id}`,
  unique: {
    of: ({ domain }) => String(domain).toLowerCase(),
    refuse: () => conflict('The domain already exists for this organization.', 'conflict'),
  },
  defaults,
  beforeCreate: (members, { params }) => ({
    ...members,
    verification_host: `_ss-verification.${String(params.id)}.${String(members.domain)}`,
    verification_txt: randomBytes(16).toString('hex'),
  }),
});

/**
 * Domains by which Universal Login finds an organization: `/organizations/{id}/discovery-domains`.
 *
 * @see https://auth0.com/docs/manage-users/organizations
 */
export function discoveryDomainOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const byName = singleOperations(dependencies, {
    [`GET ${path}/name/{discovery_domain}`]: {
      handle: ({ params }) => {
        const parent = `organizations/${findOrganization(store, String(params.id)).id}`;
        const found = store.records.findByKey({ kind: path, parent }, String(params.discovery_domain).toLowerCase());
        if (found === undefined) throw notFound('No organization domain found by that name');
        return { id: found.id, ...defaults, ...found.members };
      },
    },
  });
  return [...byName, ...discoveryDomains(dependencies)];
}
