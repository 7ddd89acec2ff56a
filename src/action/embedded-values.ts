import type { Condition, Policy } from '../policy/policy.ts';
import { Problem } from '../problem/problem.ts';
import type { ActionSettings } from './action-settings.ts';
import { assignableRoles } from './assignable-roles.ts';
import { type GroupedAddresses, groupAddresses } from './grouped-addresses.ts';
import type { Literal } from './javascript-literal.ts';

/**
 * Returns the policy as it goes into an Action: only its own fields, in a fixed order, so that no other property of the
 * value is published with the code.
 *
 * @throws {Problem} `no_applications`
 */
export function embeddedPolicy(policy: Policy) {
  if (policy.applications.length === 0) {
    throw new Problem(
      'no_applications',
      'The policy guards no application, so its Action would let in every user everywhere.',
    );
  }
  return {
    applications: [...policy.applications],
    claim: policy.claim,
    reasonClaim: policy.reasonClaim,
    landingPage: policy.landingPage,
    landingPages: sortedRecord(policy.landingPages),
    defaultRole: policy.defaultRole,
    organizationPrefix: policy.organizationPrefix,
    organizations: policy.organizations.map(({ role, domains, includeSubdomains }) => ({
      role,
      domains: [...domains],
      includeSubdomains,
    })),
    refuse: policy.refuse?.map(({ rule, when, because }) => ({ rule, when: embeddedCondition(when), because })),
    admit: policy.admit?.map(({ rule, when, roles, mfa }) => ({
      rule,
      when: embeddedCondition(when),
      roles: [...roles],
      mfa,
    })),
    otherwise: typeof policy.otherwise === 'object' ? { roles: [...policy.otherwise.roles] } : policy.otherwise,
    unverifiedEmail: policy.unverifiedEmail,
    onFailure: policy.onFailure,
  };
}

interface EmbeddedCondition {
  readonly [field: string]: Literal | undefined;
}

function embeddedCondition(when: Condition): EmbeddedCondition {
  const addresses = groupAddresses(when.email);
  return {
    ...(addresses === undefined ? {} : { addresses }),
    email: addresses === undefined ? when.email : undefined,
    emailDomain: when.emailDomain,
    connection: when.connection,
    organization: when.organization,
    group: when.group,
    role: when.role,
    appMetadata: sortedRecord(when.appMetadata),
    country: when.country,
    network: when.network,
    application: when.application,
    from: when.from,
    until: when.until,
    not: when.not?.map(embeddedCondition),
    anyOf: when.anyOf?.map(embeddedCondition),
  } satisfies Record<keyof Condition, unknown> & { addresses?: GroupedAddresses };
}

/** The same policy gives the same bytes, regardless of the order of its keys. */
function sortedRecord<T>(record: Readonly<Record<string, T>> | undefined): Record<string, T> | undefined {
  if (record === undefined) return undefined;
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Returns the settings as they go into an Action: the ids, by name, of the roles that the policy may assign, and no others.
 *
 * @throws {Problem} `invalid_domain`, `role_without_id`, `invalid_logout_origin`
 */
export function embeddedSettings(policy: Policy, settings: ActionSettings) {
  const { domain, clientId } = settings;
  if (!isHost(domain)) {
    throw new Problem('invalid_domain', `The tenant's domain is ${JSON.stringify(domain)}, which is not a host name.`);
  }
  const roleIds = assignableRoles(policy).map((name): [string, string] => {
    const id = Object.hasOwn(settings.roleIds, name) ? settings.roleIds[name] : undefined;
    if (!id) {
      throw new Problem(
        'role_without_id',
        `The policy may assign the role ${JSON.stringify(name)}, but its id on the tenant is not known.`,
      );
    }
    return [name, id];
  });
  const logoutOrigins = Object.entries(settings.logoutOrigins).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [host, origin] of logoutOrigins) {
    if (!isHost(host) || !isOrigin(origin)) {
      throw new Problem(
        'invalid_logout_origin',
        `The logout origin of ${JSON.stringify(host)} is ${JSON.stringify(origin)}. Both a host name and an origin are needed.`,
      );
    }
  }
  return { domain, clientId, roleIds: Object.fromEntries(roleIds), logoutOrigins: Object.fromEntries(logoutOrigins) };
}

function isHost(text: string): boolean {
  return /^[a-z0-9.-]+(:\d+)?$/i.test(text) && isOrigin(`https://${text}`.toLowerCase().replace(/:443$/, ''));
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
