import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { ConsoleSite } from '../../src/tenant/console/console-site.ts';

interface RequestOptions {
  readonly headers?: Record<string, string>;
  readonly method?: string;
  /** The address that the request comes from. */
  readonly localAddress?: string | undefined;
}

/** Sends a request on a connection of its own, with a path and headers as they are, to a tenant whose certificate is not checked. */
export async function rawRequest(origin: string, path: string, options: RequestOptions = {}): Promise<IncomingMessage> {
  const request = origin.startsWith('https:') ? requestHttps : requestHttp;
  const port = Number(new URL(origin).port);
  const sent = request({ host: 'localhost', port, path, ...options, rejectUnauthorized: false, agent: false });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}

/** A console without files, for tests that look at nothing but its address. */
export async function emptySite(): Promise<ConsoleSite> {
  return {
    script: 'a.js',
    stylesheet: 'a.css',
    inlineScript: '',
    inlineStyle: '',
    preloaded: [],
    files: new Map(),
  };
}
