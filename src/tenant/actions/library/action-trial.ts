import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FactorRequest } from '../../factors/factor-requests.ts';
import { openDataFolder } from '../../store/data-folder.ts';
import { type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { ActionDependency } from '../../store/records/actions/action-repository.ts';
import { openDependencies } from '../builds/dependencies.ts';
import type { DependencyInput } from '../builds/dependency-specification.ts';
import { openRuntimes } from '../builds/runtimes.ts';
import { markTruncated } from '../run/console-limit.ts';
import { PipelineState } from '../run/pipeline-state.ts';
import { claimsFailure, type Failure, failureOf } from '../run/run-step.ts';
import { secretMask } from '../run/secret-mask.ts';
import { unsupportedEffect } from '../run/unsupported-effect.ts';
import type { ActionEffects, SandboxError } from '../sandbox/protocol.ts';
import type { ConsoleLine, OutgoingRequest } from '../sandbox/sandbox-run.ts';
import { Sandboxes, type SandboxVersion } from '../sandbox/sandboxes.ts';
import { checkedCode, checkedDependencies, checkedRuntime, checkedSecrets, type SecretInput } from './action-input.ts';
import { actionTime } from './action-time.ts';
import type { UsedModule } from './module-references.ts';
import type { HANDLERS, RunTrigger } from './published-triggers.ts';

/** An Action to run in a trial, and the login for it. */
export interface TrialInput {
  readonly code: string;
  /** As they are declared in Auth0: name and version, a range or a tag. */
  readonly dependencies: readonly DependencyInput[];
  readonly secrets: readonly SecretInput[];
  /** Code that the Action requires as `actions:NAME`. It has the Action's packages and secrets. */
  readonly modules?: readonly { readonly name: string; readonly code: string }[];
  readonly runtime: string;
  readonly handler: (typeof HANDLERS)[RunTrigger] | 'onContinuePostLogin';
  /** A complete event of the handler's trigger; its secrets are those above. */
  readonly event: JsonObject;
}

/** The outcome of the login, or of another process that has the trigger. */
export type TrialOutcome =
  | { readonly kind: 'continue' }
  /** `code` in the client credentials exchange, `userMessage` in a sign-up. */
  | { readonly kind: 'deny'; readonly reason: string; readonly code?: string; readonly userMessage?: string }
  | { readonly kind: 'redirect'; readonly url: string }
  /** The user would be asked for factors, as far as they are enrolled in them and the tenant has them enabled. */
  | { readonly kind: 'factors'; readonly asked: readonly FactorRequest[] }
  | { readonly kind: 'error'; readonly errorClass: string; readonly error: SandboxError };

/** The effects and the output of an Action. Values of secrets are masked everywhere. */
export interface TrialReport {
  readonly handler: string;
  readonly outcome: TrialOutcome;
  /** Milliseconds of the handler. */
  readonly duration: number;
  /** Milliseconds until the process was ready. */
  readonly bootDuration: number;
  /** With exact versions. */
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  /** `kept`: the characters of a line that Auth0 would keep, unless it keeps the whole line. */
  readonly console: readonly (ConsoleLine & { readonly kept?: number })[];
  readonly calls: ActionEffects['calls'];
  /** Its outgoing requests, in order. */
  readonly requests: readonly OutgoingRequest[];
  readonly idTokenClaims: JsonObject;
  readonly accessTokenClaims: JsonObject;
  /** Claims that the tenant silently leaves out of the tokens. */
  readonly droppedClaims: readonly { readonly token: string; readonly claim: string; readonly reason: string }[];
  readonly addedScopes: readonly string[];
  readonly removedScopes: readonly string[];
  readonly userMetadata: JsonObject;
  readonly appMetadata: JsonObject;
  readonly transactionMetadata: JsonObject;
  /** The changes of the browser's session and of the refresh token, and the user that the login would continue as. */
  readonly session: JsonObject;
  readonly refreshToken: JsonObject;
  readonly primaryUser?: string;
}

/** Runs Actions without a tenant and without a login. */
export interface ActionTrials {
  /**
   * Runs an Action once, in a process of its own, as the first Action of a login.
   *
   * @throws Problem if Auth0 would refuse the Action: it is too long, or a package cannot be installed
   */
  run(input: TrialInput): Promise<TrialReport>;
  /** Ends running Actions, and removes temporary files. */
  close(): Promise<void>;
}

export interface TrialOptions {
  /** Milliseconds. */
  readonly timeout?: number;
  /** Whether Actions run on the Node.js that runs this process, regardless of their runtime. */
  readonly ownNode?: boolean;
  /** Called if npm has been running for two seconds. */
  readonly onWaiting?: () => void;
  /** Whether an Action that names `node18` runs on Node.js 18 itself. */
  readonly node18?: boolean;
  /** Variables that name the user's cache folder, and npm's. By default those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Milliseconds. */
const WAITING_FOR_NPM = 2000;

/** The Node.js that runs Portcullis. Auth0 does not offer it yet; an Action can be tried on it. */
const NEXT_RUNTIME = 'node24';

/** Milliseconds, as Auth0 allows for all Actions of a login. */
const TIMEOUT = 20_000;

/**
 * Opens trials: the sandbox of a tenant's logins, with the packages that were installed earlier.
 *
 * @throws {Problem} `data_folder_unusable` if there is no folder for temporary files
 * @example
 * const trials = openActionTrials();
 * const { outcome } = await trials.run({ code, dependencies: [], secrets: [], runtime: 'node22', handler: 'onExecutePostLogin', event });
 * await trials.close();
 */
export function openActionTrials({
  timeout = TIMEOUT,
  ownNode = false,
  node18 = false,
  environment = process.env,
  onWaiting = () => {},
}: TrialOptions = {}): ActionTrials {
  const folder = openDataFolder(undefined, environment);
  const dependencies = openDependencies(folder.dependencyCache, environment);
  const runtimes = openRuntimes({ cache: folder.runtimeCache, ownNode, node18, environment });
  const modulesOf = new WeakMap<SandboxVersion, readonly UsedModule[]>();
  const sandboxes = new Sandboxes({
    workFolder: join(folder.work, 'sandbox'),
    install: (list) => dependencies.install(list),
    runtime: (name) => runtimes.find(name),
    modulesOf: (version) => modulesOf.get(version) ?? [],
    limits: { size: 1, queue: 0, idleFor: 0 },
  });

  return {
    async run({ code, handler, event, ...given }) {
      const runtime = given.runtime === NEXT_RUNTIME ? NEXT_RUNTIME : checkedRuntime(given.runtime);
      const secrets = checkedSecrets(given.secrets, [], actionTime());
      const requested = checkedDependencies(given.dependencies);
      const waiting = setTimeout(onWaiting, WAITING_FOR_NPM);
      let exact: ActionDependency[];
      try {
        exact = await dependencies.resolve(requested);
        // Installed before the run, so that npm's error is not reported as the Action's.
        await Promise.all([dependencies.install(exact), runtimes.find(runtime)]);
      } finally {
        clearTimeout(waiting);
      }
      const version = { id: 'trial', code: checkedCode(code), runtime, dependencies: exact, secrets, modules: [] };
      modulesOf.set(
        version,
        (given.modules ?? []).map((one) => ({ ...one, code: checkedCode(one.code), dependencies: exact, secrets })),
      );
      const report = await sandboxes.executeOnce(version, {
        handler,
        event,
        cache: [],
        pendingUserMetadata: {},
        pendingAppMetadata: {},
        timeout,
        answer: (method, argument) => answerFromEvent(event, method, argument),
      });
      const state = new PipelineState(isManagementApi(event));
      let failure = failureOf(report, timeout);
      let droppedClaims: TrialReport['droppedClaims'] = [];
      const effects = report.kind === 'finished' ? report.effects : undefined;
      if (failure === undefined && effects !== undefined) {
        try {
          droppedClaims = state.apply(effects);
        } catch (error) {
          failure = claimsFailure(error);
        }
        const protocol = String(objectOf(event.transaction).protocol);
        failure ??= unsupportedEffect('tried', effects, protocol);
      }
      const { idTokenClaims, accessTokenClaims, addedScopes, removedScopes } = state.effects;
      const mask = secretMask(secrets);
      return {
        handler,
        outcome: masked(mask, outcomeOf(effects, state, failure)),
        duration: report.duration,
        bootDuration: report.bootDuration,
        dependencies: exact.map(({ name, version: one }) => ({ name, version: one })),
        console: markTruncated(report.console.map(({ level, text, at }) => ({ level, text: mask(text), at }))),
        calls: (effects?.calls ?? []).map(({ method, arguments: given }) => ({
          method,
          arguments: given.map((one) => mask(one)),
        })),
        requests: report.requests.map((request) => ({ ...request, host: mask(request.host) })),
        idTokenClaims: mask({ ...idTokenClaims }),
        accessTokenClaims: mask({ ...accessTokenClaims }),
        droppedClaims,
        addedScopes: addedScopes.map((scope) => mask(scope)),
        removedScopes: removedScopes.map((scope) => mask(scope)),
        userMetadata: mask(state.userMetadata),
        appMetadata: mask(state.appMetadata),
        transactionMetadata: mask({ ...objectOf(objectOf(event.transaction).metadata), ...state.transactionMetadata }),
        session: mask({ ...state.session } as JsonObject),
        refreshToken: mask({ ...state.refreshToken } as JsonObject),
        ...(state.primaryUser !== undefined && { primaryUser: mask(state.primaryUser) }),
      };
    },

    async close() {
      dependencies.stop();
      runtimes.stop();
      await sandboxes.close();
      folder.release();
    },
  };
}

function masked(mask: ReturnType<typeof secretMask>, outcome: TrialOutcome): TrialOutcome {
  if (outcome.kind === 'deny') return mask({ ...outcome });
  if (outcome.kind === 'redirect') return { ...outcome, url: mask(outcome.url) };
  if (outcome.kind === 'error') return { ...outcome, error: mask({ ...outcome.error }) as SandboxError };
  return outcome;
}

function outcomeOf(
  effects: ActionEffects | undefined,
  { multifactor }: PipelineState,
  failure: Failure | undefined,
): TrialOutcome {
  if (failure !== undefined) return { kind: 'error', errorClass: failure[0], error: failure[1] };
  if (effects?.deny !== undefined) return { kind: 'deny', ...effects.deny };
  if (effects?.validationError !== undefined) {
    const { code, message } = effects.validationError;
    return { kind: 'deny', reason: message, code };
  }
  if (effects !== undefined && effects.factors.length > 0) return { kind: 'factors', asked: effects.factors };
  if (effects?.redirect !== undefined) return { kind: 'redirect', url: new URL(effects.redirect.url).href };
  // Deferred to the end of the login, which is now.
  return multifactor === undefined ? { kind: 'continue' } : { kind: 'factors', asked: [multifactor] };
}

/** Returns the roles in the event; their ids are made from the names, since there is no tenant. */
function answerFromEvent(event: JsonObject, method: string, argument: JsonValue): JsonValue {
  const names = objectOf(event.authorization).roles;
  const held = (Array.isArray(names) ? names.map(String) : []).map((name) => ({
    id: `rol_${createHash('sha256').update(name).digest('base64').replace(/\W/g, '').slice(0, 16)}`,
    name,
    type: 'tenant',
  }));
  const { ids, names: requested } = objectOf(argument);
  if (method === 'roles.list') return { roles: held };
  if (method === 'roles.byIds') return { roles: held.filter(({ id }) => Array.isArray(ids) && ids.includes(id)) };
  if (method === 'roles.byNames') {
    return { roles: held.filter(({ name }) => Array.isArray(requested) && requested.includes(name)) };
  }
  throw new Error(`"${method}" cannot be answered without a tenant.`);
}

function isManagementApi(event: JsonObject): boolean {
  return /^https:\/\/[^/]+\/api\/v2\/$/.test(String(objectOf(event.resource_server).identifier));
}
