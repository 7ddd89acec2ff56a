import fc, { type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchCommits } from './commits.ts';
import { Tally } from './fuzz-tally.ts';
import { type Answered, type FuzzedTenant, startFuzzedTenant } from './fuzzed-tenant.ts';
import { type DescribedOperation, describeOperations } from './operation-schemas.ts';
import { createArbitrary, type Schema } from './schema-arbitrary.ts';
import { spoilt, strange } from './spoilt-value.ts';

/** Requests to one operation before the next operation's turn. */
const REQUESTS_PER_TURN = 8;

interface FuzzedRequest {
  readonly parameters: readonly string[];
  readonly query: unknown;
  readonly body: unknown;
  /** Text that is not valid JSON, or only a part of it. */
  readonly raw: string | undefined;
  readonly contentType: string;
}

const description = describeOperations();
const tally = new Tally();
const commits = watchCommits();
let tenant: FuzzedTenant;

/**
 * Declares the test that sends generated requests to every operation of the Management API.
 *
 * @param seed repeats a run, except the ids that the tenant generates
 * @param seconds how long the run continues after each operation has had its first turn
 */
export function describeManagementFuzz({ seed, seconds }: { readonly seed: number; readonly seconds: number }): void {
  beforeAll(async () => {
    tenant = await startFuzzedTenant();
    // The builds of the first Actions must not be counted for the first request.
    await tenant.settle();
  });
  afterAll(async () => {
    tally.report(`Management API (${description.official ? 'official' : "the tenant's own"} schemas)`, seed);
    await tenant.close();
    commits.stop();
  });

  it(`answers any request to any operation (FUZZ_SEED=${seed})`, {
    timeout: seconds * 1000 + 600_000,
  }, async () => {
    const end = performance.now() + seconds * 1000;
    const failures = new Map<string, string>();
    for (let round = 0; round === 0 || performance.now() < end; round += 1) {
      for (const [index, operation] of description.operations.entries()) {
        const name = `${operation.method} ${operation.path}`;
        if (round > 0 && (!operation.built || performance.now() > end || failures.has(name))) continue;
        const result = await fc.check(
          fc.asyncProperty(requestTo(operation), (request) => holds(operation, request)),
          { seed: seed + round * 1000 + index, numRuns: operation.built ? REQUESTS_PER_TURN : 2 },
        );
        if (result.failed) failures.set(name, failureText(result));
      }
    }
    expect(Object.fromEntries(failures)).toEqual({});
    await tenant.settle();
    await tenant.manage('PATCH', '/actions/triggers/post-login/bindings', { bindings: [] });
    expect(await tenant.signIn()).toBe(200);
    await tenant.manage('GET', '/users?include_totals=true');
  });
}

/** The smallest request that failed, and the reason, shortened. */
function failureText({ counterexample, errorInstance }: fc.RunDetails<[FuzzedRequest]>): string {
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `${JSON.stringify(counterexample?.[0]).slice(0, 1500)} → ${reason.slice(0, 500)}`;
}

function requestTo(operation: DescribedOperation): Arbitrary<FuzzedRequest> {
  const surroundings = { definitions: description.definitions, known: tenant.known() };
  const oneOf = (schemas: readonly Schema[]) => {
    const valid = fc.oneof(...schemas.map((schema) => createArbitrary(schema, surroundings)));
    return fc.oneof({ arbitrary: valid, weight: 4 }, { arbitrary: spoilt(valid), weight: 5 }, strange);
  };
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const [, family = '', ...rest] = operation.path.split('/');
  const ids = names.map((name, index) => {
    const versions = name === 'id' && rest.includes('versions') ? surroundings.known['actions versions'] : undefined;
    const found = versions ?? surroundings.known[name] ?? (index === 0 ? surroundings.known[family] : undefined) ?? [];
    const any = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), strange.map(toText));
    return found.length === 0 ? any : fc.oneof(fc.constantFrom(...found), any);
  });
  const raw = fc.oneof(fc.string(), fc.constantFrom('{"name":', '{"a":1,"a":2}', '[', 'null', '"', '\u0000', '{}{}'));
  return fc.record({
    parameters: fc.tuple(...ids),
    query:
      operation.queries.length === 0
        ? fc.oneof({ arbitrary: fc.constant({}), weight: 5 }, fc.dictionary(fc.string(), fc.string()))
        : oneOf(operation.queries),
    body: operation.bodies.length === 0 ? fc.oneof(fc.constant(undefined), strange) : oneOf(operation.bodies),
    raw: fc.option(raw, { freq: 15, nil: undefined }),
    contentType: fc.oneof(
      { arbitrary: fc.constant('application/json'), weight: 20 },
      fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', ';'),
    ),
  });
}

async function holds(operation: DescribedOperation, request: FuzzedRequest): Promise<void> {
  const before = tenant.dataVersion();
  commits.takeCount();
  const answer = await send(operation, request);
  const { status, text, milliseconds } = answer;
  tally.count(`${operation.method} ${operation.path}`, status, milliseconds);
  expect(status, text).toBeLessThan(500);
  if (status === 431) {
    // Node refuses a head of more than 16 KiB itself, without a body: two long identifiers in one address are enough.
    expect(tenant.dataVersion(), 'state changed by a refused request').toBe(before);
  } else if (status >= 400) {
    expect(JSON.parse(text)).toMatchObject({
      statusCode: status,
      error: expect.any(String),
      message: expect.any(String),
    });
    expect(tenant.dataVersion(), `state changed by a refused request: ${text}`).toBe(before);
  } else if (operation.method !== 'GET' && /^\/(actions|jobs)/.test(operation.path)) {
    // Work that continues after its answer must not be counted for the next request.
    await tenant.settle();
  } else expect(commits.takeCount(), 'commits of one write').toBeLessThanOrEqual(1);
}

function send(operation: DescribedOperation, request: FuzzedRequest): Promise<Answered> {
  let place = 0;
  const path = operation.path.replace(/\{\w+\}/g, () => {
    const value = encodeURIComponent(String(request.parameters[place++]).toWellFormed().slice(0, 2000));
    // A client resolves `..` in a path before it sends the request.
    return /^\.{0,2}$/.test(value) ? '%20' : value;
  });
  const init: RequestInit = operation.method === 'GET' ? {} : requestBody(operation, request);
  return tenant.send(operation.method, `/api/v2${path}${queryParameters(request.query)}`, init);
}

function requestBody({ multipart, path }: DescribedOperation, { body, raw, contentType }: FuzzedRequest): RequestInit {
  if (multipart && typeof body === 'object' && body !== null && raw === undefined) {
    const form = new FormData();
    for (const [name, value] of Object.entries(body)) form.append(name.toWellFormed(), toText(value).toWellFormed());
    return { body: form };
  }
  if (body === undefined && raw === undefined) return {};
  const sent = path.startsWith('/actions') ? removePackages(body) : body;
  return { body: raw ?? JSON.stringify(sent), headers: { 'content-type': contentType } };
}

/** Generated package names must not be installed: they could belong to any publisher. */
function removePackages(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('dependencies' in body)) return body;
  const { dependencies, ...rest } = body as { dependencies: unknown };
  return Array.isArray(dependencies) ? { ...rest, dependencies: [] } : body;
}

function queryParameters(query: unknown): string {
  if (typeof query !== 'object' || query === null) return '';
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    (Array.isArray(value) ? value.slice(0, 20) : [value]).map((one) => [
      name.toWellFormed(),
      toText(one).toWellFormed(),
    ]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`.slice(0, 4000);
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
