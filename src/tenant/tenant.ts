import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { startActionsEngine } from './actions/actions-engine.ts';
import type { LoopbackGeoip } from './actions/run/loopback-geoip.ts';
import { withPresentScopes } from './administrator/console-access.ts';
import { hashAdministratorPassword, hashPassword } from './authentication/accounts/password-hash.ts';
import { type Authentication, createAuthentication } from './authentication/authentication.ts';
import { issueServerCertificate } from './certificate-authority.ts';
import { furnishConsole, withdrawConsole } from './console/console-account.ts';
import { createConsoleHandler, isForConsole } from './console/console-handler.ts';
import type { ConsoleOptions } from './console/console-site.ts';
import { consoleTrigger } from './console/console-trigger.ts';
import { LoginJournal } from './console/login-journal.ts';
import { SignInTickets } from './console/sign-in-tickets.ts';
import { type Listening, listen } from './listen.ts';
import { createTenantLog } from './logs/tenant-log.ts';
import { createManagementApi } from './management/management-api.ts';
import type { RateLimitPlan } from './management/rate-limit.ts';
import { seedTenant } from './seed-tenant.ts';
import { openDataFolder } from './store/data-folder.ts';
import { openStore } from './store/open-store.ts';
import type { ExecutionRecord } from './store/records/actions/execution-repository.ts';
import type { LogRecord } from './store/records/logs/log-record.ts';
import type { OutboxRecord } from './store/records/tenant/outbox-repository.ts';
import type { Store } from './store/store.ts';
import type { TenantKeys } from './tenant-keys.ts';

export interface TenantOptions {
  /** Of the HTTPS domain; 0 for any that is free. */
  readonly port: number;
  /** Of the plain HTTP domain on loopback; 0 for any that is free. */
  readonly loopbackPort: number;
  /** Where everything is kept. Absent: in memory, gone when the tenant stops. */
  readonly dataFolder?: string;
  /** Milliseconds that all Actions of a trigger may take together; Auth0 gives them 20 s. */
  readonly actionTimeoutMs?: number;
  /** Whether Actions run on the Node.js that runs the tenant, whatever runtime they name. */
  readonly ownNode?: boolean;
  /** Whether Actions that name `node18` run on Node.js 18 itself, and not on Node.js 22. */
  readonly node18?: boolean;
  /** Where this machine is, as Actions are told of requests that come from it. */
  readonly loopbackGeoip?: LoopbackGeoip;
  /** The plan of which the Management API keeps the rate limits; `off` unless asked. */
  readonly rateLimit?: RateLimitPlan;
  /** Keys that this tenant shares with others; it makes its own unless given. A data folder that has signing keys keeps them. */
  readonly keys?: TenantKeys;
  /** A web console on the plain HTTP domain, with an administrator to sign in as; none unless asked. */
  readonly console?: ConsoleOptions;
}

/** A running tenant, and how to reach it. */
export interface Tenant {
  /** Issuer of the HTTPS domain, such as `https://localhost:4000/`. */
  readonly url: string;
  /** Host and port, as Auth0's tools take it in `AUTH0_DOMAIN`. */
  readonly domain: string;
  /** Issuer of the second domain, `http://localhost:4001/`: for pages that a person opens, without a certificate. */
  readonly loopbackUrl: string;
  /** The certificate to trust: a PEM file, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** A machine-to-machine application that may do everything. */
  readonly management: { readonly clientId: string; readonly clientSecret: string; readonly audience: string };
  /** Where the console is and who may sign in to it, where the tenant has one. */
  readonly console?: { readonly url: string; readonly email: string; readonly password: string };
  /** Tells of every new entry of the tenant's log. Answers how to stop. */
  onLog(listener: (record: LogRecord) => void): () => void;
  /** Tells of every execution of a trigger when it has ended or stopped for a redirect. Answers how to stop. */
  onExecution(listener: (record: ExecutionRecord) => void): () => void;
  /** Tells of every mail that Auth0 would send. Answers how to stop. */
  onMail(listener: (record: OutboxRecord) => void): () => void;
  findExecution(id: string): ExecutionRecord | undefined;
  close(): Promise<void>;
}

/**
 * Starts a tenant that answers as Auth0 does.
 *
 * @throws {Problem} where a port or the data folder cannot be used
 * @throws {Problem} where the data folder's database is not a tenant's, or is newer than this version
 * @example
 * const tenant = await startTenant({ port: 0, loopbackPort: 0 });
 * await fetch(`${tenant.loopbackUrl}.well-known/openid-configuration`);
 * await tenant.close();
 */
export async function startTenant(options: TenantOptions): Promise<Tenant> {
  const folder = openDataFolder(options.dataFolder);
  const stops: (() => void | Promise<void>)[] = [() => folder.release()];
  const servers: Listening[] = [];
  // No more requests, then last started, first stopped: nothing is taken away from under what still uses it.
  const close = async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  };
  try {
    const store = openStore(folder.database === undefined ? { memory: true } : { file: folder.database });
    stops.push(() => store.close());
    const certificate = await issueServerCertificate(options.keys?.certificateFolder ?? folder.certificates);

    let serve: { https: NodeHandler; http: NodeHandler } | undefined;
    const https = await listen(
      options.port,
      '--port',
      (request, response) => dispatch(serve?.https, request, response),
      { key: certificate.key, cert: certificate.certificate },
    );
    servers.push(https);
    const http = await listen(options.loopbackPort, '--http-port', (request, response) =>
      dispatch(serve?.http, request, response),
    );
    servers.push(http);

    const domain = `localhost:${https.port}`;
    const url = `https://${domain}/`;
    const loopbackUrl = `http://localhost:${http.port}/`;
    const audience = `${url}api/v2/`;
    const { managementClient } = seedTenant(store, { audience });
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
      ...(options.ownNode === undefined ? {} : { ownNode: options.ownNode }),
      ...(options.node18 === undefined ? {} : { node18: options.node18 }),
      workFolder: folder.work,
      caFile: certificate.caFile,
      ...(options.loopbackGeoip === undefined ? {} : { loopbackGeoip: options.loopbackGeoip }),
      ...(options.actionTimeoutMs === undefined ? {} : { timeoutMs: options.actionTimeoutMs }),
    });
    stops.push(() => engine.close());

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
    const management = createManagementApi({
      store,
      log,
      audience,
      otherDomains: [loopbackUrl],
      verifyAccessToken: async (token) => withPresentScopes(store, await first.verifyAccessToken(token)),
      actions: engine.lifecycle,
      hashPassword,
      ...(options.rateLimit !== undefined && { rateLimit: { plan: options.rateLimit } }),
    });
    const manage = getRequestListener(management.fetch);
    const consoleUrl = `${loopbackUrl}console`;
    const account =
      options.console && (await furnishConsole(store, { consoleUrl, hashPassword: hashAdministratorPassword }));
    if (account === undefined) withdrawConsole(store);
    const show =
      options.console &&
      createConsoleHandler({
        ...options.console,
        store,
        journal,
        tickets,
        issuer: loopbackUrl,
        audience,
        verifyAccessToken: async (token) => withPresentScopes(store, await second.verifyAccessToken(token)),
      });
    serve = { https: route(manage, first), http: route(manage, second, show) };

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
      ...(account !== undefined && {
        console: { url: consoleUrl, email: account.email, password: account.password },
      }),
      onLog: (listener) => log.subscribe(listener),
      onExecution: (listener) => engine.onExecution(listener),
      onMail: (listener) => store.outbox.subscribe(listener),
      findExecution: (id) => store.executions.find(id),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

function route(manage: NodeHandler, authentication: Authentication, show?: NodeHandler): NodeHandler {
  return (request, response) => {
    const { url = '' } = request;
    if (/^\/api\/v2(?:[/?]|$)/.test(url)) return manage(request, response);
    if (show !== undefined && isForConsole(url)) return show(request, response);
    return authentication.handle(request, response);
  };
}

/** The ports are known, and open, before what answers on them is made. */
function dispatch(handler: NodeHandler | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (handler === undefined) {
    response.writeHead(503, { 'retry-after': '1' }).end();
    return;
  }
  handler(request, response);
}

function cookieKeys(store: Store): string[] {
  const kept = store.settings.get('cookie_key');
  if (typeof kept === 'string') return [kept];
  const made = randomBytes(32).toString('base64url');
  store.settings.set('cookie_key', made);
  return [made];
}
