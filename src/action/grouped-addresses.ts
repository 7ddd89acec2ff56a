//! The short form of long lists of e-mail addresses within an Action, whose size is limited.

/** Shorter lists stay as they are. */
const SHORTEST = 50;
/** Characters of a text with several names. */
const LONGEST_TEXT = 500;

/** By domain, the parts in front of the @ with blanks between; under the empty domain whole addresses. */
export type GroupedAddresses = Readonly<Record<string, readonly string[]>>;

/**
 * Returns the short form of a list of addresses, as `foldAddress` returns them; `undefined` for a short list.
 *
 * @example groupAddresses(['ann@water.example', 'kim@water.example', …]) // { 'water.example': ['ann kim …'] }
 */
export function groupAddresses(addresses: readonly string[] | undefined): GroupedAddresses | undefined {
  if (addresses === undefined || addresses.length < SHORTEST) return undefined;
  const domains = Map.groupBy(addresses, (address) => address.slice(address.lastIndexOf('@') + 1));
  const single = [...domains.values()].filter((list) => list.length === 1).flat();
  const groups = [...domains].filter(([, list]) => list.length > 1).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries([
    ...groups.map(([domain, list]) => [domain, texts(list.map((one) => one.slice(0, -domain.length - 1)))]),
    ...(single.length === 0 ? [] : [['', texts(single)]]),
  ]);
}

/**
 * Returns a value, such as a policy, with lists of e-mail addresses in place of their short form.
 *
 * @example ungroupAddresses({ addresses: { 'water.example': ['ann kim'] } })
 * // { email: ['ann@water.example', 'kim@water.example'] }
 */
export function ungroupAddresses<T>(value: T): T {
  return ungrouped(value) as T;
}

function ungrouped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ungrouped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) =>
      name === 'addresses' && isGrouped(inner) ? ['email', addressesOf(inner)] : [name, ungrouped(inner)],
    ),
  );
}

function isGrouped(value: unknown): value is GroupedAddresses {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addressesOf(groups: GroupedAddresses): string[] {
  return Object.entries(groups).flatMap(([domain, list]) =>
    list.flatMap((text) => text.split(' ').map((name) => (domain === '' ? name : `${name}@${domain}`))),
  );
}

function texts(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of [...names].sort()) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < LONGEST_TEXT) lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(name);
  }
  return lines;
}
