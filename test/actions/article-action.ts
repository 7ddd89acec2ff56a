import type { LocalTenant } from '../local-tenant.ts';
import { untilBuilt } from '../until.ts';

/** The claim that the article sets: its namespace is empty. */
export const ARTICLE_CLAIM = '/roles';

/** The scopes that the article grants, and those that its Action requests. */
export const ARTICLE_SCOPES = ['read:roles', 'create:roles', 'update:roles'];

/**
 * The Action of the article "Incorporating AUTH0 Actions with APEX Authentication", in our own words if the text of the article has
 * lost its lines. Its calls, their order, its claim, and the content of the `try` are those of the article.
 *
 * @param scopes that it requests; those of the article by default
 */
export function articleAction(scopes: readonly string[] = ARTICLE_SCOPES): string {
  return `
exports.onExecutePostLogin = async (event, api) => {
  const { ManagementClient } = require('auth0');
  const { domain, clientId, clientSecret, defaultRole } = event.secrets;
  const management = new ManagementClient({ domain, clientId, clientSecret, scope: ${JSON.stringify(scopes.join(' '))} });
  const held = await management.getUserRoles({ id: event.user.user_id });
  try {
    if (event.authorization && event.user.email_verified) {
      const ofOrganization = held.some(({ name }) => name.startsWith('ORG'));
      const byDefault = held.some(({ id }) => id === defaultRole);
      if (!ofOrganization && !byDefault) {
        api.idToken.setCustomClaim('${ARTICLE_CLAIM}', defaultRole);
        api.accessToken.setCustomClaim('${ARTICLE_CLAIM}', defaultRole);
        await management.roles.assignUsers({ id: defaultRole }, { users: [event.user.user_id] });
      }
    }
  } catch (error) {
    console.log(error.message);
  }
};
`;
}

/** Follows the steps of the article in the dashboard, and binds only its Action. Returns the id of the role. */
export async function followArticle(
  { tenant, management }: LocalTenant,
  { version, scopes = ARTICLE_SCOPES }: { readonly version: string; readonly scopes?: readonly string[] },
): Promise<string> {
  const { id: roleId = '' } = await management.roles.create({ name: `APEX User ${version} ${scopes.length}` });
  const { client_id: clientId = '', client_secret: clientSecret = '' } = await management.clients.create({
    name: 'For the Action',
    app_type: 'non_interactive',
  });
  await management.clientGrants.create({
    client_id: clientId,
    audience: tenant.management.audience,
    scope: [...scopes] as never,
  });
  const { id = '' } = await management.actions.create({
    name: `Assign Default Role ${version} ${scopes.length}`,
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    dependencies: [{ name: 'auth0', version }],
    secrets: Object.entries({ domain: tenant.domain, clientId, clientSecret, defaultRole: roleId }).map(
      ([name, value]) => ({ name, value }),
    ),
    code: articleAction(scopes),
  });
  await untilBuilt(() => management.actions.get(id));
  await management.actions.deploy(id);
  await management.actions.triggers.bindings.updateMany('post-login', {
    bindings: [{ ref: { type: 'action_id', value: id } }],
  });
  return roleId;
}
