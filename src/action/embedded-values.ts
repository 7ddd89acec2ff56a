import type { Policy } from '../policy/policy.ts';
import { ActionBundleError } from './action-bundle-error.ts';
import type { ActionSettings } from './action-settings.ts';
import { assignableRoles } from './assignable-roles.ts';

/**
 * The policy as it goes into an Action: its own fields alone, in a fixed order, so that nothing else that hangs on the
 * value is published with the code.
 *
 * @throws {ActionBundleError} `no_applications`
 */
export function embeddedPolicy(policy: Policy) {
  if (policy.applications.length === 0) {
    throw new ActionBundleError(
      'no_applications',
      'The policy guards no application, so its Action would let everybody in everywhere. Name the client id of at least one application in `applications`.',
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
 * The settings as they go into an Action: the ids of the roles that the policy may assign, and no others, by name.
 *
 * @throws {ActionBundleError} `invalid_domain`, `role_without_id`, `invalid_logout_origin`
 */
export function embeddedSettings(policy: Policy, settings: ActionSettings) {
  const { domain, clientId } = settings;
  if (!isHost(domain)) {
    throw new ActionBundleError(
      'invalid_domain',
      `The tenant's domain is ${JSON.stringify(domain)}; a host name such as example.eu.auth0.com was expected, without https:// and without a path.`,
    );
  }
  const roleIds = assignableRoles(policy).map((name): [string, string] => {
    const id = Object.hasOwn(settings.roleIds, name) ? settings.roleIds[name] : undefined;
    if (!id) {
      throw new ActionBundleError(
        'role_without_id',
        `The policy may assign the role ${JSON.stringify(name)}, but its id on the tenant is not known. Create the role first, and give its id in \`roleIds\`.`,
      );
    }
    return [name, id];
  });
  const logoutOrigins = Object.entries(settings.logoutOrigins).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [host, origin] of logoutOrigins) {
    if (!isHost(host) || !isOrigin(origin)) {
      throw new ActionBundleError(
        'invalid_logout_origin',
        `The logout origin of ${JSON.stringify(host)} is ${JSON.stringify(origin)}; a host name and an origin such as http://localhost:4001 were expected, without a path.`,
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
