import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { loadOnRequest, type NodeHandler } from '../../src/tenant/load-on-request.ts';

let close = () => {};
afterEach(() => close());

async function serve(handler: NodeHandler): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => server.close();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers with the body of the request: a body that arrives while the handler is loaded is not lost. */
const echo: NodeHandler = async (request, response) => response.end((await request.toArray()).join(''));

it('a handler is loaded once, by the first of the requests that come at the same time', async () => {
  let loads = 0;
  const url = await serve(
    loadOnRequest(async () => {
      loads += 1;
      return echo;
    }),
  );
  const send = async (body: string) => (await fetch(url, { method: 'POST', body })).text();
  expect(await Promise.all(['one', 'two', 'three'].map(send))).toEqual(['one', 'two', 'three']);
  expect(await send('four')).toBe('four');
  expect(loads).toBe(1);
});

it('a request fails if its handler cannot be loaded, and the next one loads it again', async () => {
  let loads = 0;
  const url = await serve(
    loadOnRequest(async () => {
      loads += 1;
      if (loads === 1) throw new Error('a module is missing');
      return echo;
    }),
  );
  await expect(fetch(url)).rejects.toThrow();
  expect(await (await fetch(url, { method: 'POST', body: 'again' })).text()).toBe('again');
});
