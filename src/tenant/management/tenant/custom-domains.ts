import { randomUUID } from 'node:crypto';
import { randomName } from '../../store/identifiers.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { StoredRecord } from '../../store/record-table.ts';
import { ApiError, conflict, invalidBody, notFound } from '../http/api-error.ts';
import { withoutNulls } from '../http/json-members.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection, type ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { tenantName } from '../tenant-name.ts';

const path = '/custom-domains';
const missing = (id: string) => notFound(`The custom domain ${id} does not exist`, 'inexistent_custom_domain');

const customDomains = collection({
  path,
  called: 'custom domain',
  removesAbsent: true,
  idMember: 'custom_domain_id',
  id: () => `cd_${randomName(16)}`,
  missing,
  unique: {
    of: ({ domain }) => String(domain),
    refuse: () => conflict('The specified custom domain already exists', 'custom_domain_already_exists'),
  },
  beforeCreate: ({ verification_method: _, ...members }, __, { store }) => ({
    ...(members.type === 'self_managed_certs'
      ? { custom_client_ip_header: null, challenge: randomUUID() }
      : { tls_policy: 'recommended' }),
    ...members,
    // The tenant's first domain.
    primary: store.records.at({ kind: path }).length === 0,
  }),
  merged: ['domain_metadata'],
  beforeChange: ({ domain_metadata, ...members }) => ({
    ...withoutNulls(members),
    // A self-managed domain without a header is shown with `null`.
    ...(members.custom_client_ip_header === null && { custom_client_ip_header: null }),
    ...(domain_metadata !== undefined && { domain_metadata: withoutNulls(objectOf(domain_metadata)) }),
  }),
  present: shownDomain,
});

/** A local tenant verifies no domain, so that each stays as it was created. */
function shownDomain(answer: JsonObject, { id, created_at }: StoredRecord): JsonObject {
  const { custom_domain_id, domain, primary, type, challenge, tls_policy, domain_metadata, ...rest } = answer;
  const host = `${tenantName}-${id.toLowerCase().replace('_', '-')}.edge.tenants.auth0.com`;
  const method =
    challenge === undefined
      ? { name: 'CNAME', record: host, domain }
      : { name: 'TXT', record: challenge, domain: `_cf-custom-hostname.${domain}` };
  return {
    custom_domain_id,
    domain,
    primary,
    is_default: false,
    status: 'pending_verification',
    type,
    verification: { methods: [method] },
    ...(tls_policy !== undefined && { tls_policy }),
    ...(domain_metadata !== undefined && { domain_metadata }),
    created_at,
    ...rest,
  };
}

/**
 * Custom domains: `/custom-domains`.
 *
 * @see https://auth0.com/docs/customize/custom-domains
 */
export function customDomainOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const find = ({ params: { id = '' } }: ResourceCall) => {
    const record = store.records.find({ kind: path }, id);
    if (record === undefined) throw missing(id);
    return record;
  };
  const own = () => new URL(dependencies.audience).host;
  return [
    ...customDomains(dependencies),
    ...singleOperations(dependencies, {
      [`GET ${path}/default`]: { handle: () => ({ domain: own() }) },
      [`PATCH ${path}/default`]: {
        description: 'Update the default custom domain',
        handle: ({ body: { domain } }) => {
          if (store.records.findByKey({ kind: path }, String(domain)) !== undefined) {
            throw invalidBody('The domain must be verified before it can be set as default.');
          }
          if (domain !== own()) throw new ApiError(404, 'The specified domain does not exist.');
          return { domain: own() };
        },
      },
      [`POST ${path}/{id}/verify`]: {
        description: 'Verify a custom domain',
        handle: (call) => {
          const record = find(call);
          const { is_default: _, ...domain } = shownDomain({ custom_domain_id: record.id, ...record.members }, record);
          return domain;
        },
      },
      [`POST ${path}/{id}/test`]: {
        description: 'Test a custom domain',
        handle: (call) => {
          find(call);
          return { success: false, message: 'This tenant reaches no custom domain.' };
        },
      },
    }),
  ];
}
