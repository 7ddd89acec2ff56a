import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { syntaxError } from '../actions/library/code-syntax.ts';
import { isRunTrigger } from '../actions/library/published-triggers.ts';
import type { ReplayLogin } from '../actions/triggers/login-replay.ts';
import { eventTemplate } from '../actions/triggers/trigger-event-template.ts';
import { consoleRegistration, isAdministrator } from '../administrator/console-access.ts';
import { consoleScopes } from '../administrator/console-scopes.ts';
import { ticketPath } from '../authentication/accounts/sign-in-ticket.ts';
import type { VerifiedAccessToken } from '../authentication/provider/access-token-verifier.ts';
import { screenTexts } from '../authentication/universal-login/screen-texts.ts';
import { objectOf } from '../store/json-value.ts';
import type { ExecutionRecord } from '../store/records/actions/execution-repository.ts';
import type { Store } from '../store/store.ts';
import { consolePage, consolePageHeaders } from './console-page.ts';
import type { ConsoleDocuments, ConsoleOptions } from './console-site.ts';
import type { LoginJournal } from './login-journal.ts';
import { listLogins } from './login-list.ts';
import { overviewOf } from './overview.ts';
import { isPreviewPath, openPreviews } from './previews/previews.ts';
import { replayOf } from './replayed-login.ts';
import { createTicket, type SignInTickets } from './sign-in-tickets.ts';

export interface ConsoleHandlerDependencies extends ConsoleOptions {
  readonly store: Store;
  readonly journal: LoginJournal;
  readonly replay: ReplayLogin;
  readonly tickets: SignInTickets;
  /** The domain that serves the console, with a slash at its end. */
  readonly issuer: string;
  readonly audience: string;
  readonly verifyAccessToken: (token: string) => Promise<VerifiedAccessToken>;
}

const shared = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Serves `/console`: its page, its files, and data that the Management API does not have. Requests from other pages are
 * refused.
 *
 * @returns a handler that never rejects
 * @example
 * const handle = createConsoleHandler({ store, issuer, audience, verifyAccessToken, site });
 * createServer(handle);
 */
export function createConsoleHandler(deps: ConsoleHandlerDependencies) {
  const issuer = new URL(deps.issuer);
  const previews = openPreviews(deps.store, deps.issuer);
  const documents: ConsoleDocuments = {
    ...deps.documents,
    event: (query) => {
      const trigger = query.get('trigger') ?? '';
      return isRunTrigger(trigger) ? eventTemplate(trigger) : null;
    },
    syntax: (query) => syntaxError(deps.store.actions.find(query.get('action') ?? '')?.code ?? '') ?? null,
    executions: (query) => logExecutions(deps.store, query),
    logins: (query) => listLogins(deps.store, query),
    overview: (query) => overviewOf(deps.store, query),
    login: (query) => deps.journal.find(query.get('id') ?? '') ?? null,
    outbox: (query) => outbox(deps.store, query),
    'screen-texts': (query) => screenTexts(deps.store, query.get('prompt') ?? undefined),
    // Loaded with the Management API, which the first request of a screen has loaded already.
    operations: async () => (await import('./description-document.ts')).describedOperationsDocument(),
    body: async (query) => (await import('./description-document.ts')).describedBody(query),
  };

  const changes: NonNullable<ConsoleOptions['changes']> = {
    ...deps.changes,
    replay: (request) => replayOf(deps.store, deps.replay, objectOf(request)),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '', issuer.href);
    if (url === null) return refuse(response, 400, 'The address of the request cannot be read.');
    if (request.method === 'POST' && url.pathname === '/console/sign-ins') return answerSignIn(request, response);
    if (request.method === 'POST' && url.pathname === '/console/previews') return answerPreview(request, response);
    const [, change] = /^\/console\/data\/([\w-]+)$/.exec(url.pathname) ?? [];
    if (request.method === 'POST' && change !== undefined) return answerChange(change, request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'The console answers GET requests only.');
    // Before the origin is looked at: the frame of a preview has none, and its name is a secret of the console.
    if (isPreviewPath(url.pathname)) return answerPreviewFile(url.pathname, response);
    const { origin } = request.headers;
    if (origin !== undefined && origin !== issuer.origin)
      return refuse(response, 403, 'Requests from other pages are refused.');
    const [, file] = /^\/console\/assets\/([\w.-]+)$/.exec(url.pathname) ?? [];
    if (file !== undefined) return answerFile(file, request, response);
    const [, name] = /^\/console\/data\/([\w-]+)$/.exec(url.pathname) ?? [];
    if (name !== undefined) return answerDocument(name, url.searchParams, request, response);
    return answerPage(response);
  }

  async function answerFile(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = (await deps.site()).files.get(name);
    if (file === undefined) return refuse(response, 404, 'The console has no such file.');
    response.writeHead(200, {
      ...shared,
      'content-type': file.contentType,
      'content-length': file.body.length,
      'cache-control': 'public, max-age=31536000, immutable',
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  async function answerDocument(
    name: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin')
      return refuse(response, 403, 'Requests from other pages are refused.');
    if (!(await isFromAdministrator(request))) return refuse(response, 401, 'Sign in to the console.');
    const make = Object.hasOwn(documents, name) ? documents[name] : undefined;
    if (make === undefined) return refuse(response, 404, 'The console has no such document.');
    const body = JSON.stringify((await make(query)) ?? null);
    response.writeHead(200, {
      ...shared,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(body);
  }

  /** Makes a change that only the administrator's own page may ask for. */
  async function answerChange(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin !== issuer.origin)
      return refuse(response, 403, 'Requests from other pages are refused.');
    if (!(await isFromAdministrator(request))) return refuse(response, 401, 'Sign in to the console.');
    const make = Object.hasOwn(changes, name) ? changes[name] : undefined;
    if (make === undefined) return refuse(response, 404, 'The console has no such document.');
    const body = JSON.stringify(await make(await readJson(request, MAX_CHANGE_LENGTH)));
    response.writeHead(200, {
      ...shared,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(body);
  }

  /** Renders the values of a form that is not saved yet. */
  async function answerPreview(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin !== issuer.origin)
      return refuse(response, 403, 'Requests from other pages are refused.');
    if (!(await isFromAdministrator(request))) return refuse(response, 401, 'Sign in to the console.');
    const preview = previews.create(await readJson(request, MAX_CHANGE_LENGTH));
    response.writeHead(200, {
      ...shared,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(JSON.stringify(preview ?? null));
  }

  async function answerPreviewFile(path: string, response: ServerResponse): Promise<void> {
    const file = previews.find(path);
    if (file === undefined) return refuse(response, 404, 'This preview was replaced by later ones.');
    response.writeHead(200, file.headers);
    response.end(file.body);
  }

  /** Creates a ticket with which the administrator signs in as a user, to see what happens. */
  async function answerSignIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin !== issuer.origin)
      return refuse(response, 403, 'Requests from other pages are refused.');
    if (!(await isFromAdministrator(request))) return refuse(response, 401, 'Sign in to the console.');
    const { user_id: userId, client_id: clientId } = await readJson(request);
    const ticket = createTicket(deps.store, deps.issuer, { userId, clientId });
    if ('refusal' in ticket) return refuse(response, 400, ticket.refusal);
    const url = `${issuer.origin}${ticketPath}?ticket=${deps.tickets.issue(ticket)}`;
    response.writeHead(201, {
      ...shared,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(JSON.stringify({ url }));
  }

  async function isFromAdministrator(request: IncomingMessage): Promise<boolean> {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return false;
    const caller = await deps.verifyAccessToken(token).catch(() => undefined);
    const registration = consoleRegistration(deps.store);
    return (
      caller !== undefined &&
      caller.clientId === registration?.clientId &&
      isAdministrator(deps.store, caller.subject) &&
      consoleScopes.every((scope) => caller.scopes.includes(scope))
    );
  }

  async function answerPage(response: ServerResponse): Promise<void> {
    const registration = consoleRegistration(deps.store);
    if (registration === undefined) return refuse(response, 404, 'This tenant has no console.');
    const nonce = randomBytes(16).toString('base64');
    const settings = {
      issuer: deps.issuer,
      clientId: registration.clientId,
      audience: deps.audience,
      scopes: consoleScopes,
      documents: Object.keys(documents),
    };
    const site = await deps.site();
    response.writeHead(200, { ...shared, ...consolePageHeaders(site, nonce, issuer.origin) });
    response.end(consolePage(site, settings, nonce));
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await answer(request, response);
    } catch {
      if (response.headersSent) response.destroy();
      else
        refuse(
          response,
          500,
          'The console failed to answer. Start the tenant again. If that does not help, run: npm ci',
        );
    }
  };
}

const MAX_BODY_LENGTH = 10_000;
/** A rule may have thousands of addresses. */
const MAX_CHANGE_LENGTH = 1_000_000;

/** Reads a small JSON object. Returns an empty one if the body is not a JSON object. */
async function readJson(request: IncomingMessage, limit = MAX_BODY_LENGTH): Promise<Record<string, unknown>> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > limit) return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    ...shared,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify({ statusCode: status, message }));
}

/** E-mails that a real tenant would have sent. */
function outbox(store: Store, query: URLSearchParams) {
  const page = Number.parseInt(query.get('page') ?? '0', 10);
  const { rows, total } = store.outbox.list({ page: Number.isInteger(page) && page > 0 ? page : 0, perPage: 25 });
  return { mails: rows, total, limit: 25 };
}

/** Executions of the Actions of a log entry. Unlike the Management API, this includes details and failed logins. */
function logExecutions(store: Store, query: URLSearchParams): ExecutionRecord[] {
  const ids = store.logs.find(query.get('log_id') ?? '')?.executions ?? [];
  return ids.map((id) => store.executions.find(id)).filter((execution) => execution !== undefined);
}
