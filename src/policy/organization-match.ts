//! The organisation of an e-mail domain: the one with the longest domain that matches.
import type { Organization } from './policy.ts';

/**
 * Finds the organisation of an e-mail domain. If several match, it is the one with the longest domain, regardless of
 * their order.
 *
 * @param organizations with their domains as a policy has them
 * @param domain of the visitor, as `emailDomain` returns it
 * @returns the organisation, or `undefined` if none matches
 * @example findOrganization([{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: true }], 'lab.water.example')
 */
export function findOrganization(organizations: readonly Organization[], domain: string): Organization | undefined {
  let match: Organization | undefined;
  let matchedLength = 0;
  for (const organization of organizations) {
    for (const candidate of organization.domains) {
      if (candidate.length > matchedLength && belongsTo(domain, candidate, organization.includeSubdomains)) {
        match = organization;
        matchedLength = candidate.length;
      }
    }
  }
  return match;
}

function belongsTo(domain: string, parent: string, includeSubdomains: boolean): boolean {
  return domain === parent || (includeSubdomains && domain.endsWith(`.${parent}`));
}
