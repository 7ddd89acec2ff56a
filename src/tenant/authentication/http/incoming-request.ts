import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { RequestInfo } from './request-info.ts';

/** Bytes. No legitimate request of the Authentication API is nearly as large. */
const LARGEST_BODY = 100_000;

/** A request that cannot be read. It is answered at once with this status. */
export class UnreadableRequest extends Error {
  override readonly name = 'UnreadableRequest';
  readonly status: 400 | 413;

  constructor(status: 400 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads the URL and body of a request. The URL is resolved against the issuer: neither the Host header nor an absolute
 * request target can change the tenant's own address.
 *
 * @param issuer the domain that received the request.
 * @returns the path and the facts of the request. A body is read if it is a form or a JSON object of plain values; any
 * other content is ignored.
 * @throws {UnreadableRequest} with status 400 or 413.
 * @example
 * const { path, facts } = await readRequest(request, new URL('https://localhost:4000/'));
 */
export async function readRequest(
  request: IncomingMessage,
  issuer: URL,
): Promise<{ readonly path: string; readonly search: URLSearchParams; readonly facts: RequestInfo }> {
  const target = request.url ?? '/';
  const url = target.startsWith('/') ? URL.parse(`${issuer.origin}${target}`) : URL.parse(target);
  if (url === null) throw new UnreadableRequest(400, 'The address of the request cannot be read.');
  const method = request.method ?? 'GET';
  const { form, json } = method === 'POST' ? await readForm(request) : { form: new URLSearchParams() };
  const userAgent = request.headers['user-agent'];
  const language = /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)/.exec(request.headers['accept-language'] ?? '')?.[1];
  return {
    path: url.pathname,
    search: url.searchParams,
    facts: {
      ip: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
      method,
      hostname: issuer.host,
      query: asRecord(url.searchParams),
      form,
      ...(json === undefined ? {} : { json }),
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(language === undefined ? {} : { language }),
    },
  };
}

/** A request in the form that the library understands. */
export interface LibraryRequest {
  readonly method: string;
  readonly path: string;
  readonly search?: URLSearchParams;
  readonly form?: URLSearchParams;
  readonly headers?: IncomingHttpHeaders;
}

/**
 * A copy of the request with a URL, method and body that the library understands. Its host and scheme are the issuer's
 * own, regardless of what the client or a proxy claims.
 *
 * @example
 * const copy = rewriteRequest(request, issuer, { method: 'POST', path: '/oauth/token', form });
 */
export function rewriteRequest(request: IncomingMessage, issuer: URL, rewritten: LibraryRequest): IncomingMessage {
  const body = Buffer.from(rewritten.form?.toString() ?? '');
  const search = rewritten.search?.toString() ?? '';
  const headers: IncomingHttpHeaders = { ...(rewritten.headers ?? request.headers) };
  for (const name of ['content-type', 'content-length', 'transfer-encoding', 'x-forwarded-for', 'forwarded']) {
    delete headers[name];
  }
  if (rewritten.form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    headers['content-length'] = String(body.length);
  }
  headers.host = issuer.host;
  headers['x-forwarded-host'] = issuer.host;
  headers['x-forwarded-proto'] = issuer.protocol.slice(0, -1);
  const copy = Readable.from(body.length === 0 ? [] : [body], { objectMode: false });
  Object.assign(copy, {
    method: rewritten.method,
    url: search === '' ? rewritten.path : `${rewritten.path}?${search}`,
    headers,
    socket: request.socket,
    connection: request.socket,
    httpVersion: request.httpVersion,
    httpVersionMajor: request.httpVersionMajor,
    httpVersionMinor: request.httpVersionMinor,
    complete: true,
  });
  return copy as IncomingMessage;
}

/** The parameters as a record. If a parameter occurs more than once, the first one counts. */
function asRecord(parameters: URLSearchParams): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of parameters) {
    if (!Object.hasOwn(record, name)) {
      Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  return record;
}

interface ReadBody {
  readonly form: URLSearchParams;
  readonly json?: Readonly<Record<string, unknown>>;
}

async function readForm(request: IncomingMessage): Promise<ReadBody> {
  const body = await readBody(request);
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return { form: new URLSearchParams(body.toString('utf8')) };
  if (type === 'application/json') return fromJson(body.toString('utf8'));
  return { form: new URLSearchParams() };
}

function fromJson(text: string): ReadBody {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new UnreadableRequest(400, 'The body is not valid JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new UnreadableRequest(400, 'The body must be a JSON object.');
  }
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      form.append(name, String(value));
    }
  }
  return { form, json: parsed as Record<string, unknown> };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new UnreadableRequest(413, 'The body is larger than 100 kB.');
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (length > LARGEST_BODY) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof UnreadableRequest) throw error;
    throw new UnreadableRequest(400, 'The body ended before it was complete.');
  }
  return Buffer.concat(chunks, length);
}
