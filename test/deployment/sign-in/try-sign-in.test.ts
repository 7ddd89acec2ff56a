import { ManagementClient } from 'auth0';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCallbackServer } from '../../../src/cli/deployment/callback-server.ts';
import { trySignIn } from '../../../src/deployment/sign-in/try-sign-in.ts';
import { createHttpBrowser } from '../../../src/testing/http-browser.ts';
import { throughLoginPage } from '../../sign-in-with-openid-client.ts';
import { type DeployedTenant, startDeployedTenant } from '../deployed-tenant.ts';

const PASSWORD = 'A-long-passw0rd!';

describe('the trial of a sign-in', () => {
  let local: DeployedTenant;
  beforeAll(async () => {
    local = await startDeployedTenant();
    await local.apply();
    await local.person('ann@water.example');
    await local.person('una@elsewhere.example');
  });
  afterAll(() => local.tenant.close());

  /** Signs in, and follows the redirect to the callback unless another user is meant. */
  const signIn = async (url: URL, username: string, returns = true) => {
    const redirectUri = url.searchParams.get('redirect_uri') ?? '';
    const callback = await throughLoginPage(createHttpBrowser(), url, redirectUri, { username, password: PASSWORD });
    if (returns) await fetch(callback);
  };

  /** Signs in while the tenant keeps back what it is asked of its Actions, so that the login is over before its log is read. */
  const trial = async (logins: (url: URL) => Promise<unknown>) => {
    const loggedIn = Promise.withResolvers<void>();
    const { clientId, clientSecret } = local.tenant.management;
    const management = new ManagementClient({
      domain: local.tenant.domain,
      clientId,
      clientSecret,
      telemetry: false,
      fetch: async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        if (pathname.startsWith('/api/v2/actions/')) await loggedIn.promise;
        return await fetch(input, init);
      },
    });
    const callback = await openCallbackServer('/portcullis-sign-in');
    try {
      return await trySignIn(management, {
        clientId: local.application,
        domain: local.tenant.domain,
        callback,
        signal: new AbortController().signal,
        open: (url) => void logins(url).then(() => loggedIn.resolve(), loggedIn.reject),
      });
    } finally {
      callback.close();
    }
  };

  it('finds a decision that was made before the log was first read', async () => {
    expect(await trial((url) => signIn(url, 'una@elsewhere.example'))).toMatchObject({
      outcome: 'admit',
      decision: { userName: 'una@elsewhere.example', reason: 'default_role' },
    });
  });

  it('shows the decision about the user who signed in, not about another one of the application', async () => {
    const outcome = await trial(async (url) => {
      await signIn(url, 'una@elsewhere.example', false);
      await signIn(url, 'ann@water.example');
    });
    expect(outcome).toMatchObject({ decision: { userName: 'ann@water.example', reason: 'organization_domain' } });
  });
});
