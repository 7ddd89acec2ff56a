import fc, { type Arbitrary } from 'fast-check';

/** Values that no schema allows, or that often break programs. */
export const strange: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    true,
    -1,
    0,
    1e308,
    2 ** 53,
    -(2 ** 63),
    0.1,
    [],
    {},
    [[]],
    [null],
    '\0',
    'a\0b',
    '\ud800',
    '\udfff tail',
    '\u202e\u0000\uffff',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    "' OR 1=1; DROP TABLE users; --",
    '"); DELETE FROM roles; --',
    '%27%20OR%201=1',
    '../../../../etc/passwd',
    '{{7*7}}',
    '<script>alert(1)</script>',
    'a\r\nset-cookie: x=1',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(5000),
    'auth0|',
    '|',
    '9'.repeat(400),
    '2026-13-45T99:99:99Z',
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
  fc.constant(nested(50)),
  fc.constant(Array.from({ length: 1500 }, (_, index) => index)),
);

const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'hasOwnProperty', '', 'id', 'a.b', '$ref', '\0', '\ud800'),
  fc.string({ maxLength: 8 }),
);

type Change = { readonly at: number } & (
  | { readonly kind: 'replace'; readonly value: unknown }
  | { readonly kind: 'remove' }
  | { readonly kind: 'add'; readonly name: string; readonly value: unknown }
);

const change: Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(40), value: strange }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(40) }),
  fc.record({ kind: fc.constant('add' as const), at: fc.nat(40), name: names, value: strange }),
);

/**
 * Valid values with one to three changes: a member replaced, removed or added.
 *
 * @example
 * fc.sample(spoilt(fc.constant({ name: 'a' })), 3) // [{ name: null }, {}, { name: 'a', __proto__: [] }]
 */
export function spoilt(valid: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc
    .tuple(valid, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([value, changes]) => changes.reduce(changed, deepCopy(value)));
}

function changed(value: unknown, one: Change): unknown {
  const root = { value };
  const places = findPlaces(root);
  const place = places[one.at % places.length];
  if (place === undefined) return value;
  const [parent, name] = place;
  if (one.kind === 'replace') put(parent, name, deepCopy(one.value));
  else if (one.kind === 'remove') {
    if (parent === root) return null;
    if (Array.isArray(parent)) parent.splice(Number(name), 1);
    else delete parent[name];
  } else {
    const target = parent[name];
    if (typeof target === 'object' && target !== null) put(target as Parent, one.name, deepCopy(one.value));
    else put(parent, name, deepCopy(one.value));
  }
  return root.value;
}

type Parent = Record<string, unknown>;

function findPlaces(root: object): [Parent, string][] {
  return Object.entries(root).flatMap(([name, value]): [Parent, string][] => [
    [root as Parent, name],
    ...(typeof value === 'object' && value !== null ? findPlaces(value) : []),
  ]);
}

/** Sets `__proto__` as an ordinary member, as JSON.parse does. */
function put(parent: Parent, name: string, value: unknown): void {
  if (Array.isArray(parent) && Number.isNaN(Number(name))) parent.push(value);
  else Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
}

function nested(levels: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** A copy without shared parts, so that no change can create a circle. */
function deepCopy(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
