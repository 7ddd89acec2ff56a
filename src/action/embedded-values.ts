import type { Policy } from '../policy/policy.ts';
import { Problem } from '../problem/problem.ts';
import type { ActionSettings } from './action-settings.ts';
import { assignableRoles } from './assignable-roles.ts';

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
      'The policy guards no application, so its Action would admit every user everywhere.',
    );
  }
  return {
    applications: [...policy.applications],
    claim: policy.claim,
    landingPage: policy.landingPage,
    defaultRole: policy.defaultRole,
    organizationPrefix: policy.organizationPrefix,
    organizations: policy.organizations.map(({ role, domains, includeSubdomains }) => ({
      role,
      domains: [...domains],
      includeSubdomains,
    })),
    unverifiedEmail: policy.unverifiedEmail,
    onFailure: policy.onFailure,
  };
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
