import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider, { type ClientMetadata, type Configuration, errors } from 'oidc-provider';
import { vi } from 'vitest';

export const CLIENT = { id: 'apex', secret: 'a-secret-with-+/=%-signs' };
export const ROLES = 'https://apex.example.com/roles';

/** The claims of an account; `sub` is the key under which it is stored. */
export type AccountClaims = Record<string, unknown>;

export interface ProviderSetup {
  readonly authMethod?: 'client_secret_basic' | 'client_secret_post' | 'none';
  readonly endSession?: boolean;
  /** RFC 9207's parameter, which the library sends by itself and APEX does not accept. */
  readonly sendIss?: boolean;
  /** Certificate and key in PEM, to serve HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface TestProvider {
  readonly issuer: string;
  readonly accounts: Map<string, AccountClaims>;
  /** The account that signs in when the login page is shown. */
  signInAs: string;
  /** Refuses every user with this reason, despite a session, as an Action's `api.access.deny` does. */
  denyWith: string | undefined;
  /** The number of login pages shown. */
  loginPages: number;
  readonly authorizeRequests: URL[];
  /** Authorization header and form of each token request. */
  readonly tokenRequests: { authorization: string | undefined; body: URLSearchParams }[];
  /** Responses that replace the provider's, by path. */
  readonly instead: Map<string, (request: IncomingMessage, response: ServerResponse) => void | Promise<void>>;
  /** Signs an ID token with the provider's key, or with a foreign key of the same name. */
  sign(claims: JWTPayload, key?: 'own' | 'foreign'): Promise<string>;
  register(callback: string, signedOut: string): void;
  close(): Promise<void>;
}

const own = await generateKeyPair('RS256', { extractable: true });
const foreign = await generateKeyPair('RS256', { extractable: true });
const ownJwk = { ...(await exportJWK(own.privateKey)), kid: 'k1', use: 'sig', alg: 'RS256' };

/** A plain `oidc-provider`: only its login page, which needs no typing, was written for the stand-in. */
export async function startProvider(setup: ProviderSetup = {}): Promise<TestProvider> {
  let handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
  const listener: RequestListener = async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', provider.issuer);
    const instead = provider.instead.get(pathname);
    if (instead !== undefined) await instead(request, response);
    else await handle?.(request, response);
  };
  const server = setup.tls === undefined ? createServer(listener) : createHttpsServer(setup.tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const scheme = setup.tls === undefined ? 'http' : 'https';
  const issuer = `${scheme}://localhost:${(server.address() as AddressInfo).port}`;

  const provider: TestProvider = {
    issuer,
    accounts: new Map(),
    signInAs: 'ann',
    denyWith: undefined,
    loginPages: 0,
    authorizeRequests: [],
    tokenRequests: [],
    instead: new Map(),
    sign: (claims, key = 'own') =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .sign(key === 'own' ? own.privateKey : foreign.privateKey),
    register(callback, signedOut) {
      const client: ClientMetadata = {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [callback],
        post_logout_redirect_uris: [signedOut],
        token_endpoint_auth_method: setup.authMethod ?? 'client_secret_post',
      };
      // It rightly warns that it stores everything in memory, which is intended here.
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
      const library = new Provider(issuer, configuration(provider, client, setup));
      warn.mockRestore();
      prepare(library, provider, callback, setup.sendIss ?? false);
      const callbackHandler = library.callback();
      handle = async (request, response) => {
        if (request.url?.startsWith('/interaction/')) {
          provider.loginPages += 1;
          const login = { accountId: provider.signInAs };
          await library.interactionFinished(request, response, { login });
        } else {
          await callbackHandler(request, response);
        }
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}

function configuration(provider: TestProvider, client: ClientMetadata, setup: ProviderSetup): Configuration {
  return {
    clients: [client],
    jwks: { keys: [ownJwk] },
    cookies: { keys: ['test'] },
    conformIdTokenClaims: false,
    pkce: { required: () => false },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', ROLES] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: setup.endSession ?? true,
        logoutSource: (ctx, form) => {
          ctx.body = form;
        },
      },
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ ...provider.accounts.get(accountId), sub: accountId }),
    }),
    async loadExistingGrant(ctx) {
      if (provider.denyWith !== undefined) throw new errors.AccessDenied(provider.denyWith, provider.denyWith);
      const { Grant } = ctx.oidc.provider;
      const known = ctx.oidc.session?.grantIdFor(client.client_id);
      const existing = known === undefined ? undefined : await Grant.find(known);
      if (existing !== undefined) return existing;
      const grant = new Grant({
        clientId: client.client_id,
        accountId: ctx.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  };
}

function prepare(library: Provider, provider: TestProvider, callback: string, sendIss: boolean): void {
  library.use(async (ctx, next) => {
    if (ctx.path === '/auth') provider.authorizeRequests.push(ctx.URL);
    await next();
    if (ctx.oidc?.route === 'token') {
      const form = Object.entries(ctx.oidc.body ?? {}).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      const body = new URLSearchParams(form);
      provider.tokenRequests.push({ authorization: ctx.get('authorization') || undefined, body });
    }
    const location: string | undefined = ctx.response.get('location');
    if (!sendIss && location?.startsWith(callback)) {
      const url = new URL(location);
      url.searchParams.delete('iss');
      ctx.response.set('location', url.href);
    }
  });
}
