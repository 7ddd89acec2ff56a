//! The organisation that an e-mail domain belongs to: the one with the longest domain that fits.
import type { Organization } from './policy.ts';

/**
 * The organisation that an e-mail domain belongs to. Where several fit, the one with the longest domain, whatever
 * their order.
 *
 * @param organizations with their domains as a policy has them
 * @param domain of the visitor, as `emailDomain` gives it
 * @returns the organisation, or `undefined` where none fits
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
