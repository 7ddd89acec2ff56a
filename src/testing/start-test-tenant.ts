import { readFileSync } from 'node:fs';
import type { ManagementClient } from 'auth0';
import { findSimilarName } from '../configuration/similar-name.ts';
import { Problem } from '../problem/problem.ts';
import { keptKeys } from '../tenant/kept-keys.ts';
import { startTenant as start, type Tenant, type TenantOptions } from '../tenant/tenant.ts';
import { auth0Variables } from './auth0-variables.ts';
import { createAuthenticatorApps } from './authenticator-app.ts';
import { decisionMatchers } from './decision-matchers.ts';
import { managementAccess } from './management-access.ts';
import { type PreparedSeeds, prepareSeeds } from './prepared-seeds.ts';
import { createRequestFaults, type Fault, type RunningFault } from './request-faults.ts';
import type { Seed, SeedOmission, SeedSource, SeedUser } from './seed/seed.ts';
import { CLIENTS, CONNECTIONS } from './seed/seed-access.ts';
import { createSeedApi } from './seed/seed-api.ts';
import { createTenantClock, forgetClocks, type TenantClock } from './tenant-clock.ts';
import { createTenantHistory, type RecordedRequest } from './tenant-history.ts';
import { createTestApplications, type TestApplication } from './test-applications.ts';
import type { PolicySource } from './test-policy.ts';
import type { SignIn, SignInOptions } from './test-sign-in.ts';
import { trustCertificates } from './trust-certificates.ts';

/** The options of {@link startTenant}. */
export interface TestTenantOptions {
  /** Exports of the deploy CLI, or objects; the later ones add to the earlier ones. */
  readonly seed?: SeedSource | readonly SeedSource[];
  /** Users in addition to those of the seed. */
  readonly users?: readonly SeedUser[];
  /** A policy to put on the tenant, as `portcullis apply` does. Applications that it guards are created. */
  readonly policy?: PolicySource;
  /** Values for the seed's keywords; those of `AUTH0_KEYWORD_REPLACE_MAPPINGS` unless set. */
  readonly keywords?: Readonly<Record<string, unknown>>;
  /** The name or client ID of the application in `env`; the first of the seed unless set. */
  readonly application?: string;
  /** The identifier of the API in `env`; the first of the seed unless set. */
  readonly audience?: string;
  /** The address of the application under test, in `env`; `http://localhost:3000` unless set. */
  readonly baseUrl?: string;
  /** Port of the HTTPS domain; any that is free unless set. */
  readonly port?: number;
  /** Port of the HTTP domain; any that is free unless set. */
  readonly httpPort?: number;
  /** The plan whose rate limits the Management API enforces; `off` unless set. */
  readonly rateLimit?: TenantOptions['rateLimit'];
  /** Whether Actions run on the Node.js of the test, in place of the runtime that they name; true unless set. */
  readonly ownNode?: boolean;
  /** For relative paths; the current folder unless set. */
  readonly folder?: string;
  /** Variables that name the user's cache folder, and the keywords; those of this process unless set. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A state of a tenant that {@link TestTenant.restore} brings back. */
export interface TenantSnapshot {
  /** Its size in bytes. */
  readonly size: number;
}

/** A tenant inside a test. */
export interface TestTenant extends AsyncDisposable {
  /** Issuer of the HTTPS domain, such as `https://localhost:4000/`. */
  readonly url: string;
  /** Host and port. */
  readonly domain: string;
  /** Issuer of the HTTP domain, for browsers that do not trust the certificate. */
  readonly httpUrl: string;
  /** The certificate to trust. This process trusts it already. */
  readonly caFile: string;
  /** The environment variables of Auth0's libraries, for the program under test. */
  readonly env: Readonly<Record<string, string>>;
  /** Parts of the seeds that the tenant did not take, by name. */
  readonly omissions: readonly SeedOmission[];
  readonly clock: TenantClock;
  /** The mails that a real tenant would have sent, in order. */
  readonly outbox: readonly Mail[];
  /** The official SDK, with all rights. */
  management(): ManagementClient;
  /**
   * Signs a user in. The login goes through every page, Action and redirect.
   *
   * @throws {Problem} `application_unknown`, `sign_in_impossible`, `sign_in_interrupted`
   */
  signIn(options: SignInOptions): Promise<SignIn>;
  /**
   * Makes requests fail: `tenant.fail('POST /api/v2/roles/:id/users', { status: 429, times: 2 })`.
   *
   * @param route a method or `*`, and the pattern of a path
   * @throws {Problem} `fault_invalid`
   */
  fail(route: string, fault: Fault): Promise<RunningFault>;
  /** @throws {Problem} `snapshot_unsupported` */
  snapshot(): Promise<TenantSnapshot>;
  /**
   * Brings a state back, with its clock and history, and ends faults.
   *
   * @throws {Problem} `snapshot_foreign`
   */
  restore(snapshot: TenantSnapshot): Promise<void>;
  /** Entries of the tenant's log, in order; those of one login if it is named. */
  logs(login?: SignIn): readonly LogEntry[];
  /** Runs of triggers, in order; those of one login if it is named. */
  executions(login?: SignIn): readonly Execution[];
  /** Requests to the tenant, in order. */
  requests(): readonly RecordedRequest[];
  stop(): Promise<void>;
}

type Mail = Parameters<Parameters<Tenant['onMail']>[0]>[0];
type LogEntry = Parameters<Parameters<Tenant['onLog']>[0]>[0];
type Execution = Parameters<Parameters<Tenant['onExecution']>[0]>[0];

/** Matchers for logins, for `expect.extend` of Jest or any other library that has it. */
export const matchers = decisionMatchers;

let running = 0;

/**
 * Starts a tenant in this process, on ports of its own, and seeds it. Any number can run beside each other.
 *
 * @throws {Problem} `seed_unreadable`, `seed_invalid`, `seed_keyword_missing`, `seed_reference_missing`, `seed_refused`
 * @throws {Problem} of a policy that is not valid, or of a port that is in use
 * @example
 * await using tenant = await startTenant({
 *   seed: { clients: [{ name: 'APEX', callbacks: ['http://localhost:8080/callback'] }] },
 *   users: [{ email: 'una@example.com', password: 'Open-1-gate' }],
 * });
 * const una = await tenant.signIn({ user: 'una@example.com' });
 */
export async function startTenant(options: TestTenantOptions = {}): Promise<TestTenant> {
  assertOptionsKnown(options);
  const environment = options.environment ?? process.env;
  const prepared = await prepareSeeds({
    ...options,
    folder: options.folder ?? process.cwd(),
    environment,
  });
  const { seeds } = prepared;
  const clock = createTenantClock();
  const history = createTenantHistory();
  const faults = createRequestFaults();
  let applicationsChange = () => {};
  const keys = await keptKeys(environment);
  const tenant = await clock.run(() =>
    start({
      port: options.port ?? 0,
      loopbackPort: options.httpPort ?? 0,
      background: true,
      environment,
      ownNode: options.ownNode ?? true,
      ...(options.rateLimit !== undefined && { rateLimit: options.rateLimit }),
      ...(keys !== undefined && { keys }),
      ...(prepared.application !== undefined && { application: prepared.application }),
      intercept: (request, response, next) =>
        clock.run(() => {
          if (request.method !== 'GET' && /^\/api\/v2\/clients(?:[/?]|$)/.test(request.url ?? '')) {
            response.once('finish', applicationsChange);
          }
          history.intercept(request, response, () => faults.intercept(request, response, next));
        }),
    }),
  );
  running += 1;
  let distrust = () => {};
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= tenant.close().finally(() => {
      distrust();
      running -= 1;
      if (running === 0) forgetClocks();
    });
    return stopping;
  };
  try {
    distrust = trustCertificates(readFileSync(tenant.caFile, 'utf8'));
    const management = managementAccess(tenant, () => clock.now().getTime());
    const api = createSeedApi(management, tenant.management.audience);
    const empty = history.save();
    const omissions = await prepared.put(tenant, management);
    const applications = createTestApplications(() => api.list(CLIENTS), tenant.management.clientId);
    applicationsChange = applications.forget;
    const users = usersByName(seeds);
    const apps = createAuthenticatorApps();
    for (const [name, { otp }] of users) if (otp !== undefined) apps.enrol(name, otp);
    const audience = options.audience ?? seeds.flatMap(({ resourceServers = [] }) => resourceServers)[0]?.identifier;
    const application =
      firstApplication(tenant, prepared.application, options.application) ??
      (await applications.find(options.application));
    const env = auth0Variables(tenant, application, audience, options.baseUrl ?? 'http://localhost:3000');
    empty();
    history.watch(tenant);
    let restores = 0;
    const states = new WeakMap<TenantSnapshot, { readonly data: Uint8Array; readonly others: () => void }>();
    const { url, domain, loopbackUrl: httpUrl, caFile } = tenant;
    return {
      url,
      domain,
      httpUrl,
      caFile,
      env,
      omissions,
      clock,
      get outbox() {
        return history.mails;
      },
      management: management.client,
      async signIn(request) {
        // Loaded by the first login.
        const { signIn } = await import('./test-sign-in.ts');
        const restoresBefore = restores;
        const outcome = await signIn(
          {
            issuer: url,
            loopbackUrl: httpUrl,
            applications,
            apps,
            clock,
            history,
            userOf: (name) => {
              const user = users.get(name);
              return { ...user, verified: user?.email_verified ?? true };
            },
            async isSocial(connection) {
              const found = (await api.list(CONNECTIONS)).find(({ name }) => name === connection);
              return found !== undefined && found.strategy !== 'auth0';
            },
          },
          request,
        ).catch((cause: unknown) => {
          if (restores !== restoresBefore) throw interrupted(cause);
          throw cause;
        });
        if (outcome.denied !== undefined && restores !== restoresBefore) throw interrupted();
        return outcome;
      },
      fail: async (route, fault) => faults.add(route, fault),
      async snapshot() {
        const data = await tenant.snapshot();
        const [past, codes, { offset }] = [history.save(), apps.save(), clock];
        const snapshot = { size: data.byteLength };
        const others = () => {
          past();
          codes();
          clock.offset = offset;
        };
        states.set(snapshot, { data, others });
        return snapshot;
      },
      async restore(snapshot) {
        const state = states.get(snapshot);
        if (state === undefined) {
          throw new Problem('snapshot_foreign', 'This snapshot is of another tenant.');
        }
        faults.clear();
        restores += 1;
        await tenant.restore(state.data);
        state.others();
        applications.forget();
      },
      logs: (login) => history.logs(login?.label),
      executions: (login) => history.executions(login?.label),
      requests: () => history.requests,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The tenant's first application, which is known without a request, unless another one is asked for. */
function firstApplication(
  { application: credentials }: Tenant,
  first: PreparedSeeds['application'],
  wanted: string | undefined,
): TestApplication | undefined {
  if (credentials === undefined || first === undefined || (wanted !== undefined && wanted !== first.name))
    return undefined;
  return { ...credentials, name: first.name, callbacks: first.callbacks, authMethod: 'client_secret_post' };
}

function interrupted(cause?: unknown): Problem {
  const what = 'The tenant went back to a snapshot while this user signed in.';
  return new Problem('sign_in_interrupted', what, undefined, { cause });
}

const OPTIONS: readonly string[] = [
  'seed',
  'users',
  'policy',
  'keywords',
  'application',
  'audience',
  'baseUrl',
  'port',
  'httpPort',
  'rateLimit',
  'ownNode',
  'folder',
  'environment',
] satisfies (keyof TestTenantOptions)[];

function assertOptionsKnown(options: TestTenantOptions): void {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown === undefined) return;
  const similar = findSimilarName(unknown, OPTIONS);
  throw new Problem(
    'testing_option_unknown',
    `startTenant has no option "${unknown}".`,
    similar === undefined ? `It has: ${OPTIONS.join(', ')}` : `Did you mean "${similar}"?`,
  );
}

/** The users of all seeds by each of their names. */
function usersByName(seeds: readonly Seed[]): ReadonlyMap<string, SeedUser> {
  const users = new Map<string, SeedUser>();
  for (const user of seeds.flatMap((seed) => seed.users ?? [])) {
    for (const name of [user.email, user.username, user.phone_number]) if (name !== undefined) users.set(name, user);
  }
  return users;
}
