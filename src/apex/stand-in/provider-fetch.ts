import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import { Problem } from '../../problem/problem.ts';
import { isSafeTransport } from './loopback.ts';

/** Far above any discovery document, key set, token or user info; far below a harmful size. */
const LARGEST_ANSWER_BYTES = 1024 * 1024;

export interface ProviderFetch {
  readonly fetch: CustomFetch;
  close(): void;
}

/**
 * A `fetch` for `openid-client` that trusts one more certificate, without making the whole process trust it, and that
 * reads no response above 1 MiB.
 *
 * @param ca a certificate in PEM; absent: only the usual ones
 * @throws {Problem} `provider_answer_unusable` for plain HTTP beyond this machine and for a response too large
 * @example const { fetch, close } = providerFetch(readFileSync('ca.pem', 'utf8'));
 */
export function providerFetch(ca?: string): ProviderFetch {
  const http = new HttpAgent({ keepAlive: true });
  const trusted = ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] };
  const https = new HttpsAgent({ keepAlive: true, ...trusted });

  return {
    async fetch(address, options) {
      const url = new URL(address);
      if (!isSafeTransport(url)) {
        throw new Problem('provider_answer_unusable', 'The identity provider names an address without HTTPS.');
      }
      try {
        const answer = await send(url, options, url.protocol === 'https:' ? https : http);
        return toResponse(answer, await readBounded(answer));
      } catch (failure) {
        // Node reports an aborted request as AbortError; the signal knows whether time ran out.
        throw options.signal?.aborted ? options.signal.reason : failure;
      }
    },
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

function send(url: URL, options: CustomFetchOptions, agent: HttpAgent | HttpsAgent): Promise<IncomingMessage> {
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = new Headers(options.headers);
  const body = bodyOf(options);
  if (options.body instanceof URLSearchParams && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  }
  if (body !== undefined) headers.set('content-length', String(Buffer.byteLength(body)));
  return new Promise((resolve, reject) => {
    const request = start(url, {
      method: options.method,
      headers: Object.fromEntries(headers),
      agent,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    request.once('response', resolve);
    request.once('error', reject);
    request.end(body);
  });
}

function bodyOf(options: CustomFetchOptions): string | undefined {
  const { body } = options;
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('OpenID Connect requests carry forms and text alone.');
}

async function readBounded(answer: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > LARGEST_ANSWER_BYTES) {
      answer.destroy();
      throw new Problem('provider_answer_unusable', 'The identity provider sent an answer above 1 MiB.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toResponse(answer: IncomingMessage, body: Buffer<ArrayBuffer>): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const status = answer.statusCode ?? 502;
  const bodiless = status === 204 || status === 205 || status === 304;
  return new Response(bodiless ? null : body, { status, headers });
}
