/** Far above any expected response, far below a harmful one. */
const LARGEST_ANSWER_BYTES = 256 * 1024;

/**
 * Reads the body of a response as JSON, up to 256 KiB.
 *
 * @returns the value; `undefined` for a body that is not JSON, not UTF-8, or too large
 * @throws what `fetch` throws when the connection breaks or its signal fires
 * @example await readJsonAnswer(new Response('{"total":0}')) // { total: 0 }
 */
export async function readJsonResponse(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > LARGEST_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return undefined;
  }
}
