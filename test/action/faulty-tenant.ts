import { webcrypto } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
// x509 needs it to be loaded first.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { Exchange, VirtualClock } from './virtual-clock.ts';

/** Answers one request of the tenant. */
export type Answer = (response: ServerResponse, call: ReceivedCall) => void;

export interface ReceivedCall {
  readonly request: ReceivedRequest;
  /** The Action's side of the request. */
  readonly exchange: Exchange;
  readonly clock: VirtualClock;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

type Endpoint = 'token' | 'role' | 'assign' | 'roles';

/** The answers of each endpoint: the first one to the first request, the last one to all later ones. */
export type Answers = Readonly<Partial<Record<Endpoint, readonly Answer[]>>>;

export interface FaultyTenant {
  /** Host and port. */
  readonly domain: string;
  readonly requests: ReceivedRequest[];
  close(): Promise<void>;
}

export const TOKEN = 'token-that-must-stay-secret';

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(value));
  };
}

export function text(status: number, body: string): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(body);
  };
}

/** Takes the request and never answers. */
export const silence: Answer = (_response, { exchange }) => exchange.waitForClock();

export const cutConnection: Answer = (response) => response.socket?.destroy();

/** Announces the length of the answer, sends half of it, and closes the connection. */
export const cutInTheMiddle: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"half":');
  setTimeout(() => response.socket?.destroy(), 20);
};

/** Sends the start of an answer, and nothing more. */
export const halfAnAnswer: Answer = (response, { exchange }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{');
  void exchange.responded.then(() => exchange.waitForClock());
};

/** Sends valid JSON without end. */
export const endlessBody: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('["');
  const piece = 'x'.repeat(64 * 1024);
  const pump = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', pump);
  pump();
};

/** Answers after this time of the Action's clock, unless the Action has given up. */
export function late(ms: number, answer: Answer): Answer {
  return (response, call) => {
    call.clock.setTimeout(() => {
      call.exchange.resume();
      if (!response.destroyed) answer(response, call);
    }, ms);
    call.exchange.waitForClock();
  };
}

export const goodToken = json(200, {
  access_token: TOKEN,
  expires_in: 86400,
  scope: 'update:roles',
  token_type: 'Bearer',
});

const GOOD_DAY: Answers = {
  token: [goodToken],
  role: [json(200, { id: 'rol_member', name: 'MEMBER', description: '' })],
  assign: [json(200, {})],
  roles: [json(200, { roles: [], start: 0, limit: 100, total: 0 })],
};

/** Starts a tenant over HTTPS on a free port of this machine, healthy except for the given answers to the Action with this clock. */
export async function startFaultyTenant(
  certificate: Certificate,
  clock: VirtualClock,
  answers: Answers = {},
): Promise<FaultyTenant> {
  const requests: ReceivedRequest[] = [];
  const scripts = { ...GOOD_DAY, ...answers };
  const endpointCalls = new Map<Endpoint, number>();
  const server = createServer({ key: certificate.key, cert: certificate.pem }, async (request, response) => {
    const received = await receive(request);
    requests.push(received);
    const endpoint = endpointOf(received);
    const script = (endpoint && scripts[endpoint]) ?? [json(404, { statusCode: 404, error: 'Not Found' })];
    const count = endpoint === undefined ? 0 : (endpointCalls.get(endpoint) ?? 0);
    if (endpoint !== undefined) endpointCalls.set(endpoint, count + 1);
    script[Math.min(count, script.length - 1)]?.(response, { request: received, exchange: clock.exchange(), clock });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    domain: `localhost:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const body = await buffer(request).catch(() => Buffer.alloc(0));
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    authorization: request.headers.authorization,
    body: body.toString('utf8'),
  };
}

function endpointOf({ method, path }: ReceivedRequest): Endpoint | undefined {
  if (method === 'POST' && path === '/oauth/token') return 'token';
  if (method === 'POST' && /^\/api\/v2\/roles\/[^/]+\/users$/.test(path)) return 'assign';
  if (method === 'GET' && /^\/api\/v2\/roles\/[^/]+$/.test(path)) return 'role';
  if (method === 'GET' && /^\/api\/v2\/users\/[^/]+\/roles\?/.test(path)) return 'roles';
  return undefined;
}

export interface Certificate {
  readonly key: string;
  readonly pem: string;
}

/** Makes a self-signed certificate for `localhost`. */
export async function makeCertificate(): Promise<Certificate> {
  x509.cryptoProvider.set(webcrypto as never);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=localhost',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    signingAlgorithm: algorithm,
    keys: keys as never,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }]),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const key = x509.PemConverter.encode(pkcs8, 'PRIVATE KEY');
  return { key, pem: certificate.toString('pem') };
}
