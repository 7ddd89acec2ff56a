import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';

/** The context that the OpenID Connect library's web framework passes to a handler. */
export type WebContext = Parameters<Parameters<Provider['use']>[0]>[0];

/** The context within the library's own endpoints. */
export type OidcContext = KoaContextWithOIDC;

/** The facts of an HTTP request, before it is interpreted. */
export interface RequestInfo {
  readonly ip: string;
  readonly method: string;
  /** Host of the requested domain, with the port if it is not the scheme's default. */
  readonly hostname: string;
  readonly userAgent?: string;
  readonly language?: string;
  readonly query: Readonly<Record<string, string>>;
  /** The body's members, of a form or of a JSON object. */
  readonly form: URLSearchParams;
  /** The body, if it is a JSON object. */
  readonly json?: Readonly<Record<string, unknown>>;
}

/** The progress of a request. The tenant log's entry is written from it when the request is answered. */
export interface LoginProgress {
  readonly startedAt: number;
  client?: ClientRecord;
  user?: UserRecord;
  connection?: ConnectionRecord;
  /** Ids of the executions of Actions that took part. */
  executions: readonly string[];
  sessionId?: string;
  audience?: string;
  scope?: string;
  /** How it failed, if it did. */
  failure?: Error;
  /** Whether an authorization or a grant was given. */
  succeeded: boolean;
  /** Whether another function has already written the log entry. */
  logged: boolean;
}

interface RequestState {
  readonly facts: RequestInfo;
  readonly progress: LoginProgress;
}

const states = new WeakMap<IncomingMessage, RequestState>();

/** Attaches its facts to a request, before it is passed to the endpoints. */
export function attachRequestInfo(request: IncomingMessage, facts: RequestInfo): void {
  states.set(request, { facts, progress: { startedAt: Date.now(), executions: [], succeeded: false, logged: false } });
}

/** The facts of the request that is being answered. */
export function requestInfo(ctx: { readonly req: IncomingMessage }): RequestInfo {
  return stateOf(ctx).facts;
}

/** The progress of the login that the request belongs to. */
export function loginProgress(ctx: { readonly req: IncomingMessage }): LoginProgress {
  return stateOf(ctx).progress;
}

function stateOf(ctx: { readonly req: IncomingMessage }): RequestState {
  const found = states.get(ctx.req);
  if (found === undefined) throw new Error('The request has no facts: call attachRequestInfo first.');
  return found;
}
