// Serves the built documentation site on loopback.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/** The folder of the built site. */
export const BUILT_SITE = resolve(import.meta.dirname, '../../site/dist');

/** A running server of the site. */
export interface ServedSite {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built site to this machine only.
 *
 * @param port 0 picks a free one
 * @example
 * const site = await serveSite(0);
 */
export async function serveSite(port: number): Promise<ServedSite> {
  const site = new Hono().use(serveStatic({ root: BUILT_SITE }));
  const server = await new Promise<Server>((listening, failed) => {
    const started = serve({ fetch: site.fetch, hostname: '127.0.0.1', port }, () => listening(started as Server));
    started.once('error', failed);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
