import type { Management } from 'auth0';
import { describeLoss } from '../../loss.ts';
import { logoutUrlsOf, missingLogoutUrls } from '../../plan/logout-urls.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';
import { APPLY } from '../remedies.ts';
import type { VerifyFacts } from '../verify-facts.ts';

/** Grant types whose logins cannot show a page. */
const UNUSUAL_GRANTS = ['password', 'http://auth0.com/oauth/grant-type/password-realm'];

/** Checks of the guarded applications. Each application is checked separately. */
export const applicationChecks: readonly Check[] = [
  {
    id: 'guard_kept',
    title: 'every application that was guarded still is',
    async run({ snapshot, openedEarlier }) {
      const { losses, guarded } = await snapshot();
      const losing = losses
        .filter(({ kind }) => kind === 'application')
        .map((loss) => fail(describeLoss(loss), 'Name it by its client id in "applications" of the policy.'));
      const open = (await openedEarlier()).map(({ id, name }) =>
        warn(
          `"${name}" (${id}) was guarded by an earlier version, and is open now`,
          'If that is not intended: name it by its client id in "applications" of the policy, then: portcullis apply',
        ),
      );
      if (losing.length + open.length > 0) return [...losing, ...open];
      return pass(guarded.map(({ name, clientId }) => `"${name}" (${clientId})`).join(', '));
    },
  },
  each('application_confidential', 'the application authenticates with a secret', ({ token_endpoint_auth_method }) =>
    token_endpoint_auth_method === 'none'
      ? warn('Authentication Method: None', 'APEX has a web credential: choose Post or Basic in Auth0.')
      : pass(`Authentication Method: ${token_endpoint_auth_method ?? 'as Auth0 sets it'}`),
  ),
  each('application_grants', 'users sign in to it with the authorization code flow', ({ grant_types }) => {
    // If no grant types are set, Auth0 allows the usual ones.
    const grants = grant_types ?? ['authorization_code'];
    const looked = grants.join(', ');
    if (!grants.includes('authorization_code')) {
      return fail(looked, 'Allow Authorization Code in Auth0: Applications > Advanced Settings > Grant Types.');
    }
    const unusual = grants.filter((one) => UNUSUAL_GRANTS.includes(one));
    if (unusual.length === 0) return pass(looked);
    return warn(
      `also ${unusual.join(', ')}`,
      'APEX needs none of them. The gate refuses their logins with an error, since no page can be shown: remove them in Auth0.',
    );
  }),
  each('callback_urls', 'it allows APEX’s callback, and nothing vague', ({ callbacks }, { desired }) => {
    const allowed = callbacks ?? [];
    const missing = desired.callbacks.filter((url) => !allowed.includes(url));
    if (missing.length > 0) return fail(`missing: ${missing.join(', ')}`, APPLY);
    if (allowed.length === 0) {
      return fail('none', 'Set the address of APEX in the configuration (apex.baseUrl), then: portcullis apply');
    }
    const vague = allowed.filter((url) => url.includes('*') || isOpenHttp(url));
    return vague.length === 0
      ? pass(allowed.join(', '))
      : warn(vague.join(', '), 'The owner of such an address can read codes: write the URLs out, with https.');
  }),
  each(
    'logout_urls',
    'it allows the landing page, which refused users are sent to',
    async ({ allowed_logout_urls, client_id: clientId = '', name = '' }, { desired, snapshot }) => {
      const required = logoutUrlsOf(desired, (await snapshot()).policy, { clientId, name });
      const missing = missingLogoutUrls(required, allowed_logout_urls ?? []);
      return missing.length === 0 ? pass(required.join(', ')) : fail(`missing: ${missing.join(', ')}`, APPLY);
    },
  ),
];

function each(
  id: string,
  title: string,
  look: (client: Management.Client, facts: VerifyFacts) => Finding | Promise<Finding>,
): Check {
  return {
    id,
    title,
    async run(facts) {
      const clients = await facts.guarded();
      return await Promise.all(
        clients.map(async (client) => {
          const finding = await look(client, facts);
          return { ...finding, looked: `"${client.name}": ${finding.looked}` };
        }),
      );
    },
  };
}

function isOpenHttp(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname);
}
