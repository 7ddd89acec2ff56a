import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Problem } from '../../problem/problem.ts';
import { type Addresses, addresses } from './addresses.ts';
import { SessionStore } from './apex-session.ts';
import { reporter } from './application.ts';
import { localAddress } from './local-address.ts';
import { postLogoutTarget } from './logout-route.ts';
import type { StandInOptions } from './options.ts';
import { createProvider } from './provider.ts';
import { routes } from './routes.ts';
import { type StandInSettings, settingsOf } from './stand-in-settings.ts';
import { createStateSealer } from './state.ts';

/** A running stand-in. The provider's application has to allow its addresses. */
export interface StandIn {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string;
  readonly homeUrl: string;
  /** The redirect URI. */
  readonly callbackUrl: string;
  /** The public page that refused users end on. */
  readonly landingPageUrl: string;
  /** The public page after signing out. */
  readonly signedOutUrl: string;
  /** The actual end of a sign-out: the same, unless the scheme names another. */
  readonly postLogoutUrl: string;
  close(): Promise<void>;
}

/**
 * Starts an application that signs in as one made with Oracle APEX does: Social Sign-In with an OpenID Connect
 * provider, sessions, dynamic groups and authorization schemes, and the endless redirects after a refusal that APEX
 * cannot end. The provider is called for the first time when a user signs in, so it may start later.
 *
 * @param options see {@link StandInOptions}
 * @throws {Problem} `invalid_option`, `port_in_use`, `cannot_listen`
 * @example
 *   const standIn = await startStandIn({
 *     port: 0, issuer: 'http://localhost:4000/', clientId, clientSecret,
 *     application: { id: 100, workspace: 'demo', alias: 'gate', name: 'Gate' },
 *     claim: 'https://apex.example.com/roles', organizationPrefix: 'ORG:',
 *   });
 *   console.log(standIn.homeUrl, standIn.callbackUrl);
 *   await standIn.close();
 * @see Oracle APEX, Social Sign-In; APEX API Reference, APEX_AUTHENTICATION
 */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const settings = settingsOf(options);
  const host = options.host ?? 'localhost';
  const server = createServer();
  const port = await listen(server, options.port, host);
  const at = addressesOf(settings, originOf(host, port));
  const provider = createProvider(providerSettings(settings), settings.clock);
  const hono = routes({
    settings,
    addresses: at,
    sessions: new SessionStore(settings.limits, settings.clock),
    states: createStateSealer(),
    provider,
    report: reporter(options.onEvent),
  });
  // The global Request and Response are not replaced: openid-client uses them too.
  server.on('request', getRequestListener(hono.fetch, { overrideGlobalObjects: false, hostname: host }));

  return {
    url: at.origin,
    homeUrl: at.page('home'),
    callbackUrl: at.callback,
    landingPageUrl: at.page(settings.landingPage),
    signedOutUrl: at.page('signed-out'),
    postLogoutUrl: postLogoutTarget(settings, at),
    async close() {
      provider.close();
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function addressesOf(settings: StandInSettings, origin: string): Addresses {
  const { options, pages, landingPage } = settings;
  const { realPages } = options;
  const own = addresses(origin, options.application);
  if (realPages === undefined) return own;
  return addresses(origin, options.application, (address) =>
    localAddress(address, realPages, {
      issuer: options.issuer,
      clientId: options.clientId,
      pages,
      landingPage: own.page(landingPage),
      signedOutPage: own.page('signed-out'),
      page: (alias) => own.page(alias),
    }),
  );
}

function originOf(host: string, port: number): string {
  return new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`).origin;
}

/** `localhost` is both 127.0.0.1 and ::1; every machine has the first, and browsers fall back to it. */
async function listen(server: Server, port: number, host: string): Promise<number> {
  try {
    server.listen(port, host === 'localhost' ? '127.0.0.1' : host);
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    if (code === 'EADDRINUSE') {
      const message = `The stand-in cannot start: port ${port} is in use by another program.`;
      const remedy = 'Name another port for it, or 0 for any that is free: --app-port 0';
      throw new Problem('port_in_use', message, remedy, { cause });
    }
    const message = `The stand-in cannot listen on ${host}, port ${port} (${code}).`;
    throw new Problem('cannot_listen', message, undefined, { cause });
  }
  // A server that listens on a host and port has such an address; only pipes have another.
  return (server.address() as AddressInfo).port;
}

function providerSettings({ options, attributes, limits }: StandInSettings) {
  return {
    issuer: options.issuer,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    tokenAuthMethod: attributes.tokenAuthMethod,
    useUserinfo: attributes.useUserinfo,
    sendNonce: attributes.sendNonce,
    sendPkce: attributes.sendPkce,
    timeoutMs: limits.providerMs,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  };
}
