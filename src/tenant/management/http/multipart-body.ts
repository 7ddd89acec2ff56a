import type { Context } from 'hono';
import { ApiError, invalidBody } from './api-error.ts';

/** Limit for a file. The rest of the form is a few hundred bytes. */
const maximumBytes = 512_000;
const maximumAround = 16_384;

/**
 * The fields of a form with a file. A file stays a `File`, so that its content is not logged.
 *
 * @throws ApiError 413 over 500 kB, 415 if it is not a form, 400 `invalid_body` if it cannot be read
 * @example
 * const { users, connection_id } = await readMultipart(context);
 */
export async function readMultipart(context: Context): Promise<Record<string, string | File>> {
  const type = context.req.header('content-type') ?? '';
  if (!/^multipart\/form-data;/i.test(type)) throw new ApiError(415, 'Unsupported Media Type');
  const tooLong = () =>
    new ApiError(413, `Payload content length greater than maximum allowed: ${maximumBytes}`, 'payload_too_large');
  const longest = maximumBytes + maximumAround;
  if (Number(context.req.header('content-length') ?? 0) > longest) throw tooLong();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    length += chunk.length;
    if (length > longest) throw tooLong();
    chunks.push(chunk);
  }
  try {
    const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(form.entries());
  } catch {
    throw invalidBody('Invalid multipart payload format');
  }
}
