import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { startLogStreams } from '../../../src/tenant/logs/log-delivery.ts';
import { createTenantLog, type TenantLog } from '../../../src/tenant/logs/tenant-log.ts';
import { serverCertificate } from '../../../src/tenant/server-certificate.ts';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import type { Store } from '../../../src/tenant/store/store.ts';
import { until } from '../../until.ts';

interface Delivery {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

let store: Store;
let log: TenantLog;
let caFile: string;
let webhook: Server;
let endpoint: string;
let deliveries: Delivery[];
/** Statuses of the next answers; 200 afterwards. */
let statuses: number[];
let stop: () => Promise<void>;

beforeEach(async () => {
  store = openStore({ memory: true });
  log = createTenantLog(store);
  const certificate = await serverCertificate(inject('tenantKeys').certificateFolder ?? '');
  caFile = certificate.caFile;
  deliveries = [];
  statuses = [];
  webhook = createServer({ key: certificate.key, cert: certificate.certificate }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    deliveries.push({ headers: request.headers, body });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  endpoint = `https://localhost:${(webhook.address() as AddressInfo).port}/logs`;
  stop = startLogStreams({ store, log, caFile, retryAfterMs: 1 });
});
afterEach(async () => {
  await stop();
  webhook.closeAllConnections();
  await new Promise((resolve) => webhook.close(resolve));
  store.close();
});

/** Repeats a check until it holds. How long that takes says nothing here: the test's own limit ends it. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 5 });
const stream = (members: JsonObject = {}, sink: JsonObject = {}) =>
  store.records.put({ kind: '/log-streams' }, 'lst_1', {
    name: 'Webhook',
    type: 'http',
    status: 'active',
    startFrom: '2020-01-01T00:00:00.000Z',
    sink: { httpEndpoint: endpoint, httpContentFormat: 'JSONARRAY', ...sink },
    ...members,
  });
const cursors = () => store.records.all('log stream cursor');
const write = (type: string, description = type) => log.write({ type, description });
const received = () => deliveries.flatMap(({ body }) => JSON.parse(body) as { data: { type: string } }[]);
const types = () => received().map(({ data }) => data.type);

describe('a log stream to a webhook on this machine', () => {
  it('receives every entry once, in the order of writing, with the headers that it asks for', async () => {
    stream(
      {},
      {
        httpAuthorization: 'Bearer key',
        httpContentType: 'text/x',
        httpCustomHeaders: [{ header: 'x-a', value: 'b' }],
      },
    );
    const written = Array.from({ length: 250 }, (_, index) => write('s', String(index)).log_id);
    await eventually(() => expect(received()).toHaveLength(250));
    write('f', 'last');
    await eventually(() => expect(received()).toHaveLength(251));
    const ids = received().map((event) => (event as unknown as { log_id: string }).log_id);
    expect(ids.slice(0, 250)).toEqual(written);
    expect(received().at(-1)).toMatchObject({ data: { type: 'f', description: 'last', connection: null } });
    expect(deliveries[0]?.headers).toMatchObject({ authorization: 'Bearer key', 'content-type': 'text/x', 'x-a': 'b' });
    expect(deliveries.length).toBeLessThan(20);
  });

  it.each([
    [
      'JSONLINES',
      (body: string) =>
        body
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line)),
    ],
    ['JSONOBJECT', (body: string) => JSON.parse(body).logs],
  ])('sends %s', async (httpContentFormat, read) => {
    stream({}, { httpContentFormat });
    write('s');
    write('f');
    await eventually(() => expect(deliveries.flatMap(({ body }) => read(body))).toHaveLength(2));
    expect(deliveries[0]?.headers['content-type']).toBe('application/json');
  });

  it('receives only the categories that it asks for', async () => {
    stream({
      filters: [
        { type: 'category', name: 'auth.login.fail' },
        { type: 'category', name: 'other' },
      ],
    });
    for (const type of ['s', 'fp', 'sapi', 'unheard_of', 'f']) write(type);
    await eventually(() => expect(types()).toEqual(['fp', 'unheard_of', 'f']));
  });

  it('receives an entry again until it answers well', async () => {
    statuses = [500, 404, 503];
    stream();
    write('s');
    await eventually(() => expect(deliveries).toHaveLength(4));
    write('f');
    await eventually(() => expect(types()).toEqual(['s', 's', 's', 's', 'f']));
  });

  it('misses a batch after four attempts, with a warning in the log, and receives the next', async () => {
    statuses = [500, 500, 500, 500];
    stream();
    write('s');
    const warnings = () => store.logs.list({}, { page: 0, perPage: 10 }).rows.filter(({ type }) => type === 'w');
    await eventually(() => expect(warnings()).toHaveLength(1));
    expect(warnings()[0]).toMatchObject({
      description: `One log entry was not delivered to the log stream "Webhook": ${endpoint} answered with 500.`,
      details: { log_stream: 'lst_1' },
    });
    write('f');
    await eventually(() => expect(types().at(-1)).toBe('f'));
    // The warning is not delivered: it could fail as well, and cause the next.
    expect(types()).not.toContain('w');
  });

  it('has a warning of its own if its certificate is not trusted, with the file of one that is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'other-authority-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { key, certificate } = await serverCertificate(folder);
    const other = createServer({ key, cert: certificate }, (_, response) => response.end());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    stream({}, { httpEndpoint: `https://localhost:${(other.address() as AddressInfo).port}/logs` });
    write('s');
    const warning = () => store.logs.list({}, { page: 0, perPage: 10 }).rows.find(({ type }) => type === 'w');
    await eventually(() => expect(warning()).toBeDefined());
    expect(warning()?.description).toBe(
      `One log entry was not delivered to the log stream "Webhook": its certificate is not trusted. Let the webhook use the tenant's own, with its key: ${join(dirname(caFile), 'server.pem')}`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it('continues where it was when the tenant starts again', async () => {
    stream();
    write('s');
    await eventually(() => expect(types()).toEqual(['s']));
    // A stream that is ended before it has noted a delivery repeats it.
    await eventually(() => expect(cursors()).toHaveLength(1));
    await stop();
    write('f');
    stop = startLogStreams({ store, log, caFile });
    await eventually(() => expect(types()).toEqual(['s', 'f']));
  });

  it('begins at the time that it names, or when it was made', async () => {
    const { date } = write('s');
    await until(() => Date.now() > Date.parse(date));
    stream({ startFrom: '2999-01-01T00:00:00.000Z' });
    store.records.put({ kind: '/log-streams' }, 'lst_2', {
      name: 'New',
      type: 'http',
      status: 'active',
      sink: { httpEndpoint: endpoint, httpContentFormat: 'JSONARRAY' },
    });
    write('f');
    await eventually(() => expect(types()).toEqual(['f']));
  });

  it('receives nothing while it is paused, and after it was removed', async () => {
    stream({ status: 'paused' });
    write('s');
    stream();
    store.records.remove({ kind: '/log-streams' }, 'lst_1');
    write('f');
    await stop();
    expect(deliveries).toEqual([]);
  });
});

it.each([
  'https://logs.example.com/',
  'https://localhost.example.com/',
  'https://127.0.0.1.example.com/',
  'https://192.0.2.1/',
])('nothing is sent to %s', async (httpEndpoint) => {
  const warned = vi.fn();
  process.on('warning', warned);
  stream({}, { httpEndpoint });
  stream({ sink: { httpEndpoint } });
  write('s');
  store.records.put({ kind: '/log-streams' }, 'lst_2', {
    name: 'Local',
    type: 'http',
    status: 'active',
    startFrom: '2020-01-01T00:00:00.000Z',
    sink: { httpEndpoint: endpoint, httpContentFormat: 'JSONARRAY' },
  });
  write('f');
  await eventually(() => expect(types()).toEqual(['s', 'f']));
  await eventually(() => expect(cursors().map(({ parent }) => parent)).toEqual(['log-streams/lst_2']));
  await stop();
  process.off('warning', warned);
  expect(warned).not.toHaveBeenCalled();
});
