// Every method of the official SDK, found in the SDK itself, once against the tenant.
import { readFileSync } from 'node:fs';
import { ManagementClient } from 'auth0';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PublishedOperation } from '../../src/tenant/management/description/published-operation.ts';
import { describedOperations, publishedSchema } from '../../src/tenant/management/description/published-operations.ts';
import { operationStates } from '../../src/tenant/management/operation-states.ts';
import { trustCertificates } from '../../src/testing/trust-certificates.ts';
import { type FuzzedTenant, startFuzzedTenant } from '../reliability/fuzzed-tenant.ts';
import { createArbitrary, type Schema } from '../reliability/schema-arbitrary.ts';

type Method = (...given: unknown[]) => Promise<unknown>;

interface Sent {
  readonly method: string;
  readonly path: string;
}

interface Answer extends Sent {
  readonly status: number;
  readonly text: string;
}

/** A method of the SDK, and the operation that it calls. */
interface Surface {
  readonly name: string;
  readonly call: Method;
  readonly sent: Sent;
  readonly operation: PublishedOperation | undefined;
}

/** Values in place of the parameters of a path, by which a first call shows where each of them goes. */
const places = ['place-0', 'place-1', 'place-2', 'place-3'];
/** Bodies that are made for a method, until one is taken. */
const TRIES = 12;
/** More methods than these succeed. The others need a directory, an id of a kind that no method makes, or a body that no sample hits. */
const MOST = 260;

/** Methods of the SDK that are newer than the description of this tenant. */
const newer = [
  ...['agents.create', 'agents.delete', 'agents.list', 'agents.read', 'agents.update'],
  'experimentation.experiments.advanceRamp',
  ...[
    'guardian.factors.email.get',
    'guardian.factors.email.set',
    'guardian.factors.phone.get',
    'guardian.factors.phone.set',
  ],
  ...['guardian.get', 'guardian.set'],
  ...['keys.networkAcls.create', 'keys.networkAcls.delete', 'keys.networkAcls.get', 'keys.networkAcls.list'],
  'organizations.organizationTemplate.assignOrganizationTemplate',
  'organizations.organizationTemplate.get',
  'organizations.organizationTemplate.unassignOrganizationTemplate',
];

/** Operations of the description, and of the real service beside it, that this version of the SDK does not have. */
const beyondTheSdk =
  /^\/(experimentation|blacklists|prompts\/mfa-push|guardian\/factors\/webauthn|users\/\{id\}\/federated-connections-tokensets)/;

/** The SDK's own means to send requests. */
const plumbing = new Set(['fetch', 'constructor']);

/** The only method that sends a form with a file. */
const IMPORT = 'jobs.usersImports.create';
const usersFile = (connection_id: string) => ({
  users: new Blob(['[{"email":"imported@sdk.example"}]']),
  connection_id,
});

/** The methods of a part of the client and of the parts below it, with their names. */
function methodsOf(part: object, path = ''): [string, Method][] {
  return membersOf(part).flatMap(([name, value]): [string, Method][] => {
    const full = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'function') return [[full, value.bind(part) as Method]];
    return value !== null && typeof value === 'object' ? methodsOf(value, full) : [];
  });
}

/** Methods of the class, and the getters that lead to further parts. */
function membersOf(part: object): [string, unknown][] {
  const found = new Map<string, unknown>();
  for (let each = part; each !== null && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    if (each === part) continue;
    for (const name of Object.getOwnPropertyNames(each)) {
      if (name.startsWith('_') || plumbing.has(name) || found.has(name)) continue;
      found.set(name, (part as Record<string, unknown>)[name]);
    }
  }
  return [...found];
}

const definitions = new Proxy<Record<string, Schema>>({}, { get: (_, name) => publishedSchema(String(name)) });

function sample(schema: Schema, known: Record<string, readonly string[]>, seed: number): unknown {
  return fc.sample(createArbitrary(schema, { definitions, known }), { numRuns: 1, seed })[0];
}

describe('every method of the official SDK 7.1.0', () => {
  let tenant: FuzzedTenant;
  let management: ManagementClient;
  let surface: Surface[];
  const answers = new Map<string, readonly Answer[]>();
  /** Ids of what the calls created, by the path of the list. */
  const created = new Map<string, string>();
  let latest: Answer | undefined;

  beforeAll(async () => {
    tenant = await startFuzzedTenant();
    trustCertificates(readFileSync(tenant.tenant.caFile, 'utf8'));
    surface = await readSurface();
    const { clientId, clientSecret } = tenant.tenant.management;
    management = new ManagementClient({
      domain: tenant.tenant.domain,
      clientId,
      clientSecret,
      telemetry: false,
      maxRetries: 0,
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        const url = new URL(input instanceof Request ? input.url : input);
        const text = await answer.clone().text();
        latest = { method: init?.method ?? 'GET', path: url.pathname, status: answer.status, text };
        return answer;
      },
    });
    for (const one of inOrder(surface)) await callUntilTaken(one);
  }, 600_000);
  afterAll(() => tenant.close());

  /** The methods with the requests that they send, without any server. */
  async function readSurface(): Promise<Surface[]> {
    let sent: Sent | undefined;
    const client = new ManagementClient({
      domain: 'tenant.example',
      token: 'token',
      telemetry: false,
      maxRetries: 0,
      fetch: async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        sent = { method: init?.method ?? 'GET', path: url.pathname.replace('/api/v2', '') };
        return new Response('{}', { headers: { 'content-type': 'application/json' } });
      },
    });
    const found: Surface[] = [];
    for (const [name, call] of methodsOf(client)) {
      sent = undefined;
      // The answer is no page of a list, and the body none that it takes.
      await call(...(name === IMPORT ? [usersFile('con_1')] : places)).catch(() => undefined);
      if (sent === undefined) throw new Error(`${name} sends no request.`);
      found.push({ name, call, sent, operation: operationOf(sent) });
    }
    return found;
  }

  /** Calls a method, again with another body if its body is refused: a generated one is only nearly valid at times. */
  async function callUntilTaken({ name, sent, operation }: Surface): Promise<void> {
    const call = methodsOf(management).find(([other]) => other === name)?.[1];
    const known = tenant.known();
    const parameters = places
      .filter((place) => sent.path.split('/').includes(place))
      .map((place) => parameterOf(place, sent, operation, known));
    const tries = operation?.body === undefined ? 1 : TRIES;
    for (let seed = 1; seed <= tries; seed += 1) {
      latest = undefined;
      const request = name === IMPORT ? usersFile(known.connections?.[0] ?? '') : requestOf(operation, known, seed);
      await call?.(...parameters, request).catch(() => undefined);
      // Work that continues after its answer must not meet the next call.
      if (/^\/(actions|jobs)/.test(sent.path) && sent.method !== 'GET') await tenant.settle();
      const answer = latest as Answer | undefined;
      if (answer === undefined) return;
      answers.set(name, [...(answers.get(name) ?? []), answer]);
      const id = sent.method === 'POST' && answer.status < 300 ? idOf(answer.text) : undefined;
      if (id !== undefined && operation !== undefined) created.set(operation.path, id);
      if (answer.status !== 400) return;
    }
  }

  function parameterOf(
    place: string,
    { path }: Sent,
    operation: PublishedOperation | undefined,
    known: Record<string, readonly string[]>,
  ): string {
    const index = path.split('/').indexOf(place);
    const segments = operation?.path.split('/') ?? [];
    const name = segments[index]?.slice(1, -1) ?? '';
    const list = segments.slice(0, index).join('/');
    const ofFamily = index === 2 ? known[segments[1] ?? ''] : undefined;
    return created.get(list) ?? known[name]?.[0] ?? ofFamily?.[0] ?? choiceOf(operation, name) ?? 'unknown';
  }

  it('sends a request, and together they reach the whole description except what the SDK does not have', () => {
    expect(surface.length).toBeGreaterThan(450);
    expect(surface.filter(({ name }) => !answers.has(name)).map(({ name }) => name)).toEqual([]);
    const reached = new Set(surface.map(({ operation }) => operation));
    const others = describedOperations.filter((one) => !reached.has(one));
    expect([...new Set(others.map(({ path }) => path))].filter((path) => !beyondTheSdk.test(path))).toEqual([]);
  });

  it('ends in no failure of the tenant, and in no operation that is not built except the absent ones', () => {
    const states = operationStates();
    const absent = surface.filter(({ operation }) => states.get(keyOf(operation))?.state === 'absent');
    expect(absent).toHaveLength([...states.values()].filter(({ state }) => state === 'absent').length);
    const wrong = surface.flatMap((one) =>
      (answers.get(one.name) ?? [])
        .filter(({ status, text }) => status >= 500 || text.includes('operation_not_built') !== absent.includes(one))
        .map(({ status, text }) => `${one.name}: ${status} ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  it('that is newer than the description is answered as an unknown address', () => {
    const unknown = surface.filter(({ operation }) => operation === undefined);
    expect(unknown.map(({ name }) => name).sort()).toEqual(newer);
    const statuses = newer.flatMap((name) => answers.get(name)?.map(({ status }) => status));
    expect(new Set(statuses)).toEqual(new Set([404]));
  });

  it('succeeds in most cases, with a body that is made from its schema', () => {
    const successful = surface.filter(({ name }) => answers.get(name)?.some(({ status }) => status < 300));
    expect(successful.length).toBeGreaterThan(MOST);
  });
});

function keyOf(operation: PublishedOperation | undefined): string {
  return `${operation?.method} ${operation?.path}`;
}

function operationOf({ method, path }: Sent): PublishedOperation | undefined {
  const fits = (other: string) => new RegExp(`^${other.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const found = describedOperations.filter((one) => one.method === method && fits(one.path));
  // A literal path before one with a parameter.
  return found.sort((one, other) => one.path.split('{').length - other.path.split('{').length)[0];
}

/** Parents before their parts, and what reads and removes after what creates. */
function inOrder(surface: readonly Surface[]): Surface[] {
  const methods = ['POST', 'GET', 'PATCH', 'PUT', 'DELETE'];
  const rank = ({ sent }: Surface) => {
    const depth = sent.path.split('/').length;
    return methods.indexOf(sent.method) * 100 + (sent.method === 'DELETE' ? 50 - depth : depth);
  };
  return [...surface].sort((one, other) => rank(one) - rank(other));
}

function requestOf(
  operation: PublishedOperation | undefined,
  known: Record<string, readonly string[]>,
  seed: number,
): unknown {
  if (operation?.body !== undefined) return withoutPackages(sample(operation.body as Schema, known, seed));
  const required = (operation?.query ?? []).filter((one) => one.required === true);
  return Object.fromEntries(required.map(({ name, schema }) => [name, sample(schema as Schema, known, seed)]));
}

/** Generated package names must not be installed: they could belong to any publisher. */
function withoutPackages(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('dependencies' in body)) return body;
  const { dependencies: _, ...others } = body;
  return others;
}

/** The first value of a parameter that is a choice. */
function choiceOf(operation: PublishedOperation | undefined, name: string): string | undefined {
  const schema = operation?.parameters?.find((one) => one.name === name)?.schema;
  const whole = schema?.$ref === undefined ? schema : publishedSchema(schema.$ref);
  const first = Array.isArray(whole?.enum) ? whole.enum[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}

function idOf(text: string): string | undefined {
  const body = JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  const id = body.id ?? body.client_id ?? body.user_id ?? body.themeId ?? body.token_id;
  return typeof id === 'string' ? id : undefined;
}
