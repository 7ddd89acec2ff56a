import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { startActionsEngine } from './actions/actions-engine.ts';
import type { LoopbackGeoip } from './actions/loopback-geoip-schema.ts';
import { limitConsoleScopes } from './administrator/console-access.ts';
import { removeConsole } from './administrator/remove-console.ts';
import { hashAdministratorPassword, hashPassword } from './authentication/accounts/password-hash.ts';
import { type Authentication, createAuthentication } from './authentication/authentication.ts';
import { startBackchannelLogout } from './authentication/logout/backchannel-logout.ts';
import { isConsolePath } from './console/console-path.ts';
import type { ConsoleOptions } from './console/console-site.ts';
import { consoleTrigger } from './console/console-trigger.ts';
import { LoginJournal } from './console/login-journal.ts';
import { SignInTickets } from './console/sign-in-tickets.ts';
import { requireOwnHost } from './host-check.ts';
import { type Listening, listen } from './listen.ts';
import { loadOnRequest, type NodeHandler } from './load-on-request.ts';
import { startLogStreams } from './logs/log-delivery.ts';
import { createTenantLog } from './logs/tenant-log.ts';
import type { RateLimitPlan } from './management/middleware/rate-limit.ts';
import { enforceNetworkAcls } from './network-acls/enforce-network-acls.ts';
import type { NetworkAclLog } from './network-acls/network-acl-log.ts';
import { type FirstApplication, seedTenant } from './seed-tenant.ts';
import { serverCertificate } from './server-certificate.ts';
import { openDataFolder } from './store/data-folder.ts';
import { openStore } from './store/open-store.ts';
import type { ExecutionRecord } from './store/records/actions/execution-repository.ts';
import type { LogRecord } from './store/records/logs/log-record.ts';
import type { OutboxRecord } from './store/records/tenant/outbox-repository.ts';
import type { Store } from './store/store.ts';
import type { TenantKeys } from './tenant-keys.ts';

export interface TenantOptions {
  /** Port of the HTTPS domain; 0 picks a free one. */
  readonly port: number;
  /** Port of the plain HTTP domain on the loopback address; 0 picks a free one. */
  readonly loopbackPort: number;
  /** The IP address that both ports listen on, such as 0.0.0.0 in a container; 127.0.0.1 unless set. */
  readonly address?: string;
  /** Folder of the tenant's data. If absent, the data is in memory, and is lost when the tenant stops. */
  readonly dataFolder?: string;
  /** Milliseconds that all Actions of a trigger may take together. Auth0 gives them 20 s. */
  readonly actionTimeoutMs?: number;
  /** Whether Actions run on the Node.js that runs the tenant, regardless of the runtime that they name. */
  readonly ownNode?: boolean;
  /** Whether Actions that name `node18` run on Node.js 18 itself, and not on Node.js 22. */
  readonly node18?: boolean;
  /** Variables that name the user's cache folder, and npm's. By default those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The location of this machine. Actions receive it for requests from the loopback address. */
  readonly loopbackGeoip?: LoopbackGeoip;
  /** The Auth0 plan whose rate limits the Management API enforces; `off` by default. */
  readonly rateLimit?: RateLimitPlan;
  /** Whether network access control lists are stored only. An operator who is shut out by one changes it so; false unless set. */
  readonly ignoreNetworkAcls?: boolean;
  /** An application that users sign in to, for a new tenant. */
  readonly application?: FirstApplication;
  /** Keys that this tenant shares with others. By default it creates its own. A data folder that has signing keys keeps them. */
  readonly keys?: TenantKeys;
  /**
   * Called with each request of either domain before the tenant answers it. `next` lets the tenant answer. Without a call of
   * `next`, the response is the caller's.
   */
  readonly intercept?: RequestInterceptor;
  /** The data to start with, as {@link Tenant.snapshot} returns it. Only a tenant in memory takes it. */
  readonly snapshot?: Uint8Array;
  /** Whether the process may end by itself while the tenant runs; false unless set. */
  readonly background?: boolean;
  /** Adds a web console on the plain HTTP domain, with an administrator. Without it there is no console. */
  readonly console?: ConsoleOptions;
}

/** Sees each request first. It may answer it, delay it, or end its connection. */
export type RequestInterceptor = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** A running tenant, and how to reach it. */
export interface Tenant {
  /** Issuer of the HTTPS domain, such as `https://localhost:4000/`. */
  readonly url: string;
  /** Host and port, as Auth0's tools take it in `AUTH0_DOMAIN`. */
  readonly domain: string;
  /** Issuer of the second domain, `http://localhost:4001/`, for pages that a user opens without trusting a certificate. */
  readonly loopbackUrl: string;
  /** The certificate to trust: a PEM file, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** A machine-to-machine application that may do everything. */
  readonly management: { readonly clientId: string; readonly clientSecret: string; readonly audience: string };
  /** The credentials of {@link TenantOptions.application}, if this start created it. */
  readonly application?: { readonly clientId: string; readonly clientSecret: string };
  /** URL of the console and the credentials of its administrator, if the tenant has a console. */
  readonly console?: { readonly url: string; readonly email: string; readonly password: string };
  /** Calls the listener for each new log entry. Returns a function that ends the subscription. */
  onLog(listener: (record: LogRecord) => void): () => void;
  /** Calls the listener for each execution of a trigger that has ended or stopped for a redirect. Returns a function that ends the subscription. */
  onExecution(listener: (record: ExecutionRecord) => void): () => void;
  /** Calls the listener for each e-mail that Auth0 would send. Returns a function that ends the subscription. */
  onMail(listener: (record: OutboxRecord) => void): () => void;
  findExecution(id: string): ExecutionRecord | undefined;
  /**
   * Returns a copy of the tenant's data, in SQLite's file format, after Actions that are being built or still run have ended.
   *
   * @throws {Problem} `snapshot_unsupported`
   */
  snapshot(): Promise<Uint8Array>;
  /**
   * Replaces the tenant's data with a copy, and forgets what Actions keep in `api.cache`. Processes of Actions stay.
   *
   * @throws {Problem} `snapshot_unsupported`, `snapshot_on_disk`
   */
  restore(snapshot: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a tenant that answers as Auth0 does.
 *
 * @throws {Problem} if a port or the data folder cannot be used
 * @throws {Problem} if the data folder's database is not a tenant's, or is newer than this version
 * @example
 * const tenant = await startTenant({ port: 0, loopbackPort: 0 });
 * await fetch(`${tenant.loopbackUrl}.well-known/openid-configuration`);
 * await tenant.close();
 */
export async function startTenant(options: TenantOptions): Promise<Tenant> {
  const folder = openDataFolder(options.dataFolder, options.environment);
  const stops: (() => void | Promise<void>)[] = [() => folder.release()];
  const servers: Listening[] = [];
  // Stop requests first. Then stop parts in reverse order of their start, so that none loses what it still uses.
  const close = async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  };
  try {
    const store = openStore(folder.database === undefined ? { memory: true } : { file: folder.database });
    stops.push(() => store.close());
    if (options.snapshot !== undefined) store.restore(options.snapshot);
    const certificate = await serverCertificate(options.keys?.certificateFolder ?? folder.certificates);

    const { intercept } = options;
    let serve: { https: NodeHandler; http: NodeHandler } | undefined;
    const https = await listen(
      options.port,
      '--port',
      (request, response) => dispatch(serve?.https, request, response),
      { key: certificate.key, cert: certificate.certificate },
      options,
    );
    servers.push(https);
    const http = await listen(
      options.loopbackPort,
      '--http-port',
      (request, response) => dispatch(serve?.http, request, response),
      undefined,
      options,
    );
    servers.push(http);

    const domain = `localhost:${https.port}`;
    const url = `https://${domain}/`;
    const loopbackUrl = `http://localhost:${http.port}/`;
    const audience = `${url}api/v2/`;
    const { managementClient, firstClient } = seedTenant(store, { audience, application: options.application });
    if (store.signingKeys.list().length === 0) {
      for (const key of options.keys?.signingKeys ?? []) store.signingKeys.insert(key);
    }
    const log = createTenantLog(store);
    const engine = await startActionsEngine({
      store,
      log,
      tenantName: 'portcullis-local',
      dependencyCache: folder.dependencyCache,
      runtimeCache: folder.runtimeCache,
      ...(options.environment === undefined ? {} : { environment: options.environment }),
      ...(options.ownNode === undefined ? {} : { ownNode: options.ownNode }),
      ...(options.node18 === undefined ? {} : { node18: options.node18 }),
      workFolder: folder.work,
      caFile: certificate.caFile,
      ...(options.loopbackGeoip === undefined ? {} : { loopbackGeoip: options.loopbackGeoip }),
      ...(options.actionTimeoutMs === undefined ? {} : { timeoutMs: options.actionTimeoutMs }),
    });
    stops.push(() => engine.close());
    stops.push(startLogStreams({ store, log, caFile: certificate.caFile }));
    stops.push(startBackchannelLogout({ store, log, caFile: certificate.caFile }));

    const journal = new LoginJournal(store);
    const tickets = new SignInTickets();
    const shared = {
      store,
      log,
      postLogin: consoleTrigger(store, engine.postLogin, journal),
      sideTriggers: engine.sideTriggers,
      managementAudience: audience,
      tenantName: 'portcullis-local',
      cookieKeys: cookieKeys(store),
    };
    const first = createAuthentication({ ...shared, issuer: url });
    stops.push(() => first.close());
    const second = createAuthentication({
      ...shared,
      issuer: loopbackUrl,
      customDomain: `localhost:${http.port}`,
      ...(options.console && { redeemTicket: (ticket) => tickets.redeem(ticket) }),
    });
    stops.push(() => second.close());
    const handleManagement = loadOnRequest(async () => {
      const { createManagementApi } = await import('./management/management-api.ts');
      const management = createManagementApi({
        store,
        log,
        audience,
        otherDomains: [loopbackUrl],
        verifyAccessToken: async (token) => limitConsoleScopes(store, await first.verifyAccessToken(token)),
        actions: engine.lifecycle,
        hashPassword,
        ...(options.rateLimit !== undefined && { rateLimit: { plan: options.rateLimit } }),
      });
      return getRequestListener(management.fetch);
    });
    const consoleUrl = `${loopbackUrl}console`;
    const { console: consoleOptions } = options;
    const account = consoleOptions && (await openConsole(store, consoleUrl, folder.consolePassword));
    if (account === undefined) removeConsole(store);
    const loadConsole = () => import('./console/console-handler.ts');
    const handleConsole =
      consoleOptions &&
      loadOnRequest(async () => {
        const { createConsoleHandler } = await loadConsole();
        return createConsoleHandler({
          ...consoleOptions,
          store,
          journal,
          replay: engine.replay,
          tickets,
          issuer: loopbackUrl,
          audience,
          verifyAccessToken: async (token) => limitConsoleScopes(store, await second.verifyAccessToken(token)),
        });
      });
    const summaries: NetworkAclLog[] = [];
    const serveDomain = (domain: string, authentication: Authentication, console?: NodeHandler): NodeHandler => {
      const apis: NodeHandler = (request, response) =>
        /^\/api\/v2(?:[/?]|$)/.test(request.url ?? '')
          ? handleManagement(request, response)
          : authentication.handle(request, response);
      const acls = enforceNetworkAcls({ store, log, url: domain, location: options.loopbackGeoip }, apis);
      summaries.push(acls.summaries);
      stops.push(() => acls.summaries.flush());
      const restricted = options.ignoreNetworkAcls === true ? apis : acls.handle;
      return intercepted(intercept, requireOwnHost(domain, withConsole(console, restricted)));
    };
    serve = { https: serveDomain(url, first), http: serveDomain(loopbackUrl, second, handleConsole) };
    // The start does not wait for it, and the first page of the console does not either. A failure is that of the first request.
    if (consoleOptions !== undefined) setImmediate(() => loadConsole().catch(() => undefined));

    return {
      url,
      domain,
      loopbackUrl,
      caFile: certificate.caFile,
      management: {
        clientId: managementClient.client_id,
        clientSecret: managementClient.client_secret,
        audience,
      },
      ...(firstClient !== undefined && {
        application: { clientId: firstClient.client_id, clientSecret: firstClient.client_secret },
      }),
      ...(account !== undefined && {
        console: { url: consoleUrl, email: account.email, password: account.password },
      }),
      onLog: (listener) => log.subscribe(listener),
      onExecution: (listener) => engine.onExecution(listener),
      onMail: (listener) => store.outbox.subscribe(listener),
      findExecution: (id) => store.executions.find(id),
      async snapshot() {
        await engine.settled();
        for (const one of summaries) one.flush();
        return store.snapshot();
      },
      async restore(snapshot) {
        await engine.settled();
        for (const one of summaries) one.forget();
        store.restore(snapshot);
        engine.clearCaches();
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openConsole(store: Store, consoleUrl: string, passwordFile: string | undefined) {
  const { setUpConsole } = await import('./console/console-account.ts');
  return setUpConsole(store, { consoleUrl, passwordFile, hashPassword: hashAdministratorPassword });
}

/** The console's own page and documents are no part of the tenant that it shows: no setting of the tenant closes them. */
function withConsole(handleConsole: NodeHandler | undefined, handler: NodeHandler): NodeHandler {
  if (handleConsole === undefined) return handler;
  return (request, response) =>
    isConsolePath(request.url ?? '') ? handleConsole(request, response) : handler(request, response);
}

function intercepted(intercept: RequestInterceptor | undefined, handler: NodeHandler): NodeHandler {
  if (intercept === undefined) return handler;
  return (request, response) => intercept(request, response, () => handler(request, response));
}

/** Servers listen, and ports are known, before their handlers exist. */
function dispatch(handler: NodeHandler | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (handler === undefined) {
    response.writeHead(503, { 'retry-after': '1' }).end();
    return;
  }
  handler(request, response);
}

function cookieKeys(store: Store): string[] {
  const stored = store.settings.get('cookie_key');
  if (typeof stored === 'string') return [stored];
  const key = randomBytes(32).toString('base64url');
  store.settings.set('cookie_key', key);
  return [key];
}
