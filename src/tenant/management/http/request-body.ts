import type { Context } from 'hono';
import { ApiError, invalidBody } from './api-error.ts';

const maximumBytes = 1024 * 1024;
/** Far deeper than any request of the API, and far below the depth that would exhaust the stack later. */
const maximumDepth = 64;

/**
 * The JSON body of a request, or `undefined` if there is none.
 *
 * @throws ApiError 413 over 1 MB, 415 if its type is not JSON, 400 `invalid_body` if it is not valid JSON
 * @example
 * const body = await readBody(context);
 */
export async function readBody(context: Context): Promise<unknown> {
  const bytes = await readBytes(context.req.raw);
  if (bytes.length === 0) return undefined;
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'application/json';
  if (type !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw new ApiError(415, 'Unsupported Media Type');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (depthOf(text) > maximumDepth) throw invalidBody(`Payload is nested deeper than ${maximumDepth} levels.`);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw invalidBody('Invalid request payload JSON format');
  }
}

/**
 * The body of a request that may be a page of HTML instead of JSON, regardless of its content type.
 *
 * @throws ApiError 413 over 1 MB
 */
export async function readPage(context: Context): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(context.req.raw));
  if (!/^\s*[{"[]/.test(text)) return text === '' ? undefined : text;
  if (depthOf(text) > maximumDepth) throw invalidBody(`Payload is nested deeper than ${maximumDepth} levels.`);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLong = () =>
    new ApiError(413, `Payload content length greater than maximum allowed: ${maximumBytes}`, 'payload_too_large');
  if (Number(request.headers.get('content-length') ?? 0) > maximumBytes) throw tooLong();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  // If the declared length is missing or wrong, reading stops as soon as the body is too long.
  for await (const chunk of request.body) {
    length += chunk.length;
    if (length > maximumBytes) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Works without recursion, so that endless nesting cannot exhaust the stack. Strings are skipped. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}
