// The baseline: plain `oidc-provider`, in memory, with a login form that accepts every user. With `--password` the form first hashes
// the password at the cost at which the tenant does. Prints one line of JSON when it is ready, as `portcullis tenant --json` does.
import { scrypt } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const client = {
  client_id: 'bench',
  client_secret: 'a-secret-that-is-long-enough-for-anything',
  redirect_uris: ['http://localhost:4040/callback'],
  token_endpoint_auth_method: 'client_secret_post' as const,
};
const provider = new Provider(url.replace(/\/$/, ''), {
  clients: [client],
  jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['bench'] },
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => false },
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  interactions: { url: (_context, interaction) => `/login/${interaction.uid}` },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: true, name: id }),
  }),
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client?.clientId ?? '',
      accountId: context.oidc.session?.accountId ?? '',
    });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});
const handle = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url?.startsWith('/login/')) return handle(request, response);
  if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end('<form method="post">');
  const form = new URLSearchParams(await readBody(request));
  if (process.argv.includes('--password')) await hash(form.get('password') ?? '');
  return provider.interactionFinished(request, response, { login: { accountId: form.get('username') ?? '' } });
});

/** The cost of `src/tenant/authentication/accounts/password-hash.ts`. */
function hash(password: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const cost = { N: 2048, r: 8, p: 1 };
    scrypt(password, 'a-salt-of-the-bench', 32, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const { client_id: clientId, client_secret: clientSecret } = client;
console.log(JSON.stringify({ url, clientId, clientSecret }));
