import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';

/** What the web framework underneath the OpenID Connect library hands to a handler. */
export type WebContext = Parameters<Parameters<Provider['use']>[0]>[0];

/** The same, within the library's own endpoints. */
export type OidcContext = KoaContextWithOIDC;

/** The facts of an HTTP request, before its meaning is looked at. */
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

/** What a request has come to so far; the tenant log is written from it when the request is answered. */
export interface RequestProgress {
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
  /** Whether somebody else has written the log's entry already. */
  logged: boolean;
}

interface Notes {
  readonly facts: RequestInfo;
  readonly progress: RequestProgress;
}

const notes = new WeakMap<IncomingMessage, Notes>();

/** Attaches the facts of a request to it, before it is handed on. */
export function attachRequestInfo(request: IncomingMessage, facts: RequestInfo): void {
  notes.set(request, { facts, progress: { startedAt: Date.now(), executions: [], succeeded: false, logged: false } });
}

/** The facts of the request that is being answered. */
export function requestInfo(ctx: { readonly req: IncomingMessage }): RequestInfo {
  return notesOf(ctx).facts;
}

/** The progress of the login that the request belongs to. */
export function loginProgress(ctx: { readonly req: IncomingMessage }): RequestProgress {
  return notesOf(ctx).progress;
}

function notesOf(ctx: { readonly req: IncomingMessage }): Notes {
  const found = notes.get(ctx.req);
  if (found === undefined) throw new Error('The request was not prepared.');
  return found;
}
