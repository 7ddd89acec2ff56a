import { currentSession, endSession } from '../console-session.ts';
import { pageSettings } from '../page-settings.ts';
import { ManagementError } from './management-error.ts';
import { isStarting, reportReachable, reportUnreachable } from './reachability.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Encodes one segment of a path. */
export const segment = encodeURIComponent;

/**
 * Calls the Management API. Responses have the types that the `auth0` package gives the operations.
 *
 * @throws {ManagementError} with the API's own message
 * @example
 * const role = await manage.get<Management.GetRoleResponseContent>(`roles/${segment(id)}`);
 */
export const manage = {
  get: <Answer>(path: string, query: Query = {}, signal?: AbortSignal) =>
    request<Answer>('GET', path, { query, ...(signal && { signal }) }),
  post: <Answer>(path: string, body: unknown = {}) => request<Answer>('POST', path, { body }),
  patch: <Answer>(path: string, body: unknown) => request<Answer>('PATCH', path, { body }),
  delete: (path: string, body?: unknown) => request<void>('DELETE', path, body === undefined ? {} : { body }),
  /** Any operation. A form with a file is sent as one. */
  send: <Answer>(method: string, path: string, parts: RequestParts = {}) => request<Answer>(method, path, parts),
};

/** Reads a document that this tenant serves in addition to its Management API, such as the outbox. */
export function readDocument<Content>(name: string, query: Query = {}, signal?: AbortSignal): Promise<Content> {
  return send<Content>('GET', `${pageSettings.issuer}console/data/${name}`, { query, ...(signal && { signal }) });
}

/**
 * Asks this tenant for a change of what it serves in addition to its Management API, such as the policy file.
 *
 * @throws {ManagementError} if the tenant refuses it
 */
export function changeDocument<Answer>(name: string, body: unknown): Promise<Answer> {
  return send<Answer>('POST', `${pageSettings.issuer}console/data/${name}`, { body });
}

/** How the tenant would show a draft: the path of a page for a frame, or why there is none. */
export interface DraftPreview {
  readonly path?: string;
  readonly screens?: readonly string[];
  readonly screen?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly error?: string;
}

/**
 * Asks this tenant to render values that are not saved.
 *
 * @returns `null` if users see nothing of the resource
 * @example
 * const { path } = (await previewDraft({ path: 'branding', value: { logo_url: 'https://shop.example/logo.png' } })) ?? {};
 */
export function previewDraft(draft: {
  /** The path of the resource in the Management API. */
  readonly path: string;
  readonly value: unknown;
  readonly screen?: string;
}): Promise<DraftPreview | null> {
  return send<DraftPreview | null>('POST', `${pageSettings.issuer}console/previews`, { body: draft });
}

/**
 * Asks this tenant for a link that signs a browser in as a user, once.
 *
 * @throws {ManagementError} if the user's connection is not enabled for the application
 */
export async function signInLink(userId: string, clientId: string): Promise<string> {
  const body = { user_id: userId, client_id: clientId };
  return (await send<{ url: string }>('POST', `${pageSettings.issuer}console/sign-ins`, { body })).url;
}

interface RequestParts {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

function request<Answer>(method: string, path: string, parts: RequestParts): Promise<Answer> {
  return send<Answer>(method, `${pageSettings.issuer}api/v2/${path}`, parts);
}

async function send<Answer>(
  method: string,
  address: string,
  { query = {}, body, signal }: RequestParts,
): Promise<Answer> {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  const { response, text } = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${currentSession()?.accessToken ?? ''}`,
      ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  })
    .then(completeAnswer)
    .catch((error: unknown) => {
      if (signal?.aborted) throw error;
      reportUnreachable();
      throw new ManagementError(0, 'unreachable', 'The tenant does not answer.');
    });
  reportReachable();
  const answer: unknown = text === '' ? undefined : parsed(text);
  if (response.ok) return answer as Answer;
  if (response.status === 401) {
    // The access token has expired, or another tenant runs at this address and has given the console another client id.
    endSession();
    location.reload();
  }
  throw errorOf(response.status, answer);
}

/** The whole answer of a tenant. Rejects if the tenant is still starting, or stops in the middle of its answer. */
async function completeAnswer(response: Response): Promise<{ response: Response; text: string }> {
  if (isStarting(response)) throw new Error('The tenant is still starting.');
  return { response, text: await response.text() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOf(status: number, answer: unknown): ManagementError {
  const { message, errorCode } = (answer ?? {}) as { message?: unknown; errorCode?: unknown };
  return new ManagementError(
    status,
    typeof errorCode === 'string' ? errorCode : '',
    typeof message === 'string' ? message : `The tenant answered with status ${status}.`,
  );
}
