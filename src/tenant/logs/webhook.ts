import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { getCACertificates } from 'node:tls';

/** A message to a webhook. */
export interface WebhookMessage {
  /** An address that begins with `https://`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TIMEOUT_MS = 10_000;

/**
 * Whether an address is on this machine. The tenant contacts no other.
 *
 * @example
 * isOnThisMachine('https://localhost:9443/logs') // true
 */
export function isOnThisMachine(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:') return false;
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

/**
 * Posts a message to a webhook.
 *
 * @param caFile PEM file of a certificate authority that is trusted in addition to the public ones
 * @throws Error if it cannot be reached, does not answer in ten seconds, or answers with a status other than 2xx
 * @example
 * await postToWebhook({ url: 'https://localhost:9443/logs', headers: {}, body: '[]' }, caFile, signal);
 */
export function postToWebhook(
  { url, headers, body }: WebhookMessage,
  caFile: string,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const ca = [...getCACertificates('default'), readFileSync(caFile, 'utf8')];
    const content = Buffer.from(body);
    const outgoing = request(
      url,
      { method: 'POST', ca, signal, headers: { ...headers, 'content-length': content.byteLength } },
      (response) => {
        const { statusCode = 0 } = response;
        response.resume().once('error', reject);
        response.once('end', () => {
          if (statusCode >= 200 && statusCode < 300) resolve();
          else reject(new Error(`${url} answered with ${statusCode}.`));
        });
      },
    );
    outgoing.setTimeout(TIMEOUT_MS, () => outgoing.destroy(new Error(`${url} did not answer in ten seconds.`)));
    outgoing.once('error', reject);
    outgoing.end(content);
  });
}
