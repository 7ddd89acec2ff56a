import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { notPublished } from './not-published.ts';
import type { Item, Sdk } from './sdk-dialect.ts';

type Made = Record<string, string>;
/** A method, its arguments, and the members that its answer has at least, or the status of its refusal. */
export type Row = readonly [method: string, given: (made: Made) => unknown[], expected: unknown, keep?: string];

interface Refusal {
  readonly statusCode?: number;
}

/** A placeholder among the arguments of a method that returns its answer only by a callback. */
export const callback = Symbol('callback');

export const database = 'Username-Password-Authentication';
export const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
  type: 'spki',
  format: 'pem',
});
export const person = (email: string) => ({ connection: database, email, password: 'Correct-horse-9' });

/** Calls all methods; returns `as expected` or the differences, one per line. */
export async function everyOtherCall(management: Sdk, rows: readonly Row[]): Promise<string> {
  const ids: Made = {};
  const wrong: string[] = [];
  for (const [method, given, expected, keep] of rows) {
    if (methodOf(management, method) === undefined) continue;
    const answer = await outcome(management, method, given(ids));
    if (keep !== undefined) ids[keep] = idOf(answer);
    try {
      matches(answer, expected);
    } catch {
      wrong.push(`${method}: ${JSON.stringify(answer)}`);
    }
  }
  return wrong.length === 0 ? 'as expected' : wrong.join('\n');
}

/** Calls methods whose operations are not in the published description, for versions 5, 6 and 7. */
export async function everyRefusedCall(management: Sdk): Promise<string> {
  const wrong: string[] = [];
  for (const method of notPublished) {
    const call = methodOf(management, method);
    if (call === undefined) continue;
    const [answer] = await Promise.allSettled([call('id_1', 'id_2', 'id_3')]);
    const refusal = answer.status === 'rejected' ? (answer.reason as Refusal) : undefined;
    // The last part of an address that is not published may stand where a published one has an identifier.
    if ([400, 404].includes(refusal?.statusCode ?? 0)) continue;
    wrong.push(`${method}: answers ${JSON.stringify(refusal ?? answer)}, is it built?`);
  }
  return wrong.length === 0 ? 'as expected' : wrong.join('\n');
}

/** The answer, a page as its items; the status of a refusal; nothing if this version has no such method. */
async function outcome(management: Sdk, method: string, given: unknown[]): Promise<unknown> {
  const call = methodOf(management, method);
  if (call === undefined) return undefined;
  try {
    const answer = given.includes(callback) ? await untilCalledBack(call, given) : await call(...given);
    const wrapped = typeof answer === 'object' && answer !== null && ('data' in answer || 'statusText' in answer);
    return wrapped ? (answer as Item).data : answer;
  } catch (error) {
    return (error as { statusCode?: number }).statusCode ?? String(error);
  }
}

function untilCalledBack(call: (...given: unknown[]) => unknown, given: unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (error: unknown, answer: unknown) => (error ? reject(error) : resolve(answer));
    call(...given.map((each) => (each === callback ? done : each)));
  });
}

/** Returns nothing if this version lacks the method. */
function methodOf(management: Sdk, method: string): ((...given: unknown[]) => Promise<Item>) | undefined {
  const names = method.split('.');
  const name = names.pop() ?? '';
  const part = names.reduce((each, member) => each?.[member], management);
  return part?.[name] === undefined ? undefined : (...given) => part[name](...given);
}

/** Expects at least the given members, lists of the same length, and texts that match their expression. */
function matches(answer: unknown, expected: unknown): void {
  if (expected === undefined) assert.ok(isNothing(answer));
  else if (expected instanceof RegExp) assert.match(String(answer), expected);
  else if (typeof expected !== 'object' || expected === null) assert.equal(answer, expected);
  else {
    assert.ok(typeof answer === 'object' && answer !== null);
    if (Array.isArray(expected)) assert.ok(Array.isArray(answer) && answer.length === expected.length);
    for (const [name, value] of Object.entries(expected)) matches((answer as Item)[name], value);
  }
}

/** An answer without content is an empty object in version 3, an empty text in some versions, and nothing in others. */
function isNothing(answer: unknown): boolean {
  return [undefined, null, '', '{}'].includes(typeof answer === 'object' ? JSON.stringify(answer) : (answer as string));
}

function idOf(answer: unknown): string {
  const { id, user_id, client_id, token_id } = (answer ?? {}) as Item;
  return String(user_id ?? id ?? client_id ?? token_id);
}
