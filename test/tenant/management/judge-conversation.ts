/** One request of a conversation, and the answer that Auth0 documents. */
export interface Exchange {
  readonly method: string;
  /** From `/roles` on. */
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  /** In it, `{role}` is an identifier that the service makes up, `<string>` or `<date>` a value that it makes up. */
  readonly response: unknown;
}

type Call = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/**
 * Holds a conversation with a tenant. Returns a sentence for each answer that differs in its status, in its members or in a value.
 * An identifier is learned where it occurs first, is put into the requests that follow, and must be the same from then on.
 *
 * @example
 * await judgeConversation([{ method: 'GET', path: '/roles', status: 200, response: [] }], tenant.call); // []
 */
export async function judgeConversation(exchanges: readonly Exchange[], call: Call): Promise<readonly string[]> {
  const identifiers = new Map<string, string>();
  const fill = (text: string, encode: (value: string) => string) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const known = identifiers.get(name);
      if (known === undefined) throw new Error(`The conversation asks for ${name} before an answer has it.`);
      return encode(known);
    });
  const findings: string[] = [];
  for (const [index, { method, path, body, status, response }] of exchanges.entries()) {
    const sent = body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body), (value) => value));
    const answer = await call(method, fill(path, encodeURIComponent), sent);
    const differences =
      answer.status === status
        ? differencesOf(response, answer.body, 'body', identifiers)
        : [`status ${answer.status}, not ${status}`];
    findings.push(...differences.map((difference) => `#${index} ${method} ${path}: ${difference}`));
  }
  return findings;
}

function differencesOf(expected: unknown, actual: unknown, place: string, identifiers: Map<string, string>): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${place} is no list`];
    if (actual.length !== expected.length) return [`${place} has ${actual.length} items, not ${expected.length}`];
    return expected.flatMap((item, at) => differencesOf(item, actual[at], `${place}[${at}]`, identifiers));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return [`${place} is no object`];
    const members = new Map(Object.entries(actual));
    const surplus = [...members.keys()].filter((name) => !Object.hasOwn(expected, name));
    return [
      ...surplus.map((name) => `${place}.${name} is not documented`),
      ...Object.entries(expected).flatMap(([name, value]) =>
        members.has(name)
          ? differencesOf(value, members.get(name), `${place}.${name}`, identifiers)
          : [`${place}.${name} is missing`],
      ),
    ];
  }
  return isAsExpected(expected, actual, identifiers) ? [] : [`${place} is ${JSON.stringify(actual)}`];
}

function isAsExpected(expected: unknown, actual: unknown, identifiers: Map<string, string>): boolean {
  const name = typeof expected === 'string' ? /^\{(\w+)\}$/.exec(expected)?.[1] : undefined;
  if (name !== undefined) {
    if (typeof actual !== 'string' || actual === '') return false;
    if (!identifiers.has(name)) identifiers.set(name, actual);
    return identifiers.get(name) === actual;
  }
  if (expected === '<string>') return typeof actual === 'string' && actual !== '';
  if (expected === '<date>') return typeof actual === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(actual);
  return expected === actual;
}
