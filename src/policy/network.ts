//! Addresses and networks of the internet, IPv4 and IPv6.

const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;
/** `::ffff:0:0/96`: an IPv4 address that is written as an IPv6 address (RFC 4291, section 2.5.5.2). */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** A network: the octets of its first address (4 or 16), and the number of leading bits that its addresses share. */
export interface Network {
  readonly octets: readonly number[];
  readonly bits: number;
}

/**
 * Reads an IP address.
 *
 * @returns its octets: 4, or 16 for IPv6. An IPv4 address written as IPv6 has 4. `undefined` for any other text
 * @example parseAddress('192.0.2.1') // [192, 0, 2, 1]
 */
export function parseAddress(text: string): readonly number[] | undefined {
  const octets = text.includes(':') ? parseVersion6(text) : parseVersion4(text);
  if (octets?.length !== 16 || !MAPPED.every((octet, at) => octets[at] === octet)) return octets;
  return octets.slice(12);
}

/**
 * Reads a network in CIDR notation; an address alone is the network of that address.
 *
 * @returns `undefined` if it is not a network. Bits behind the prefix do not matter.
 * @example parseNetwork('192.0.2.0/24') // { octets: [192, 0, 2, 0], bits: 24 }
 */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const octets = parseAddress(address);
  if (octets === undefined || rest.length > 0) return undefined;
  if (length === undefined) return { octets, bits: octets.length * 8 };
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(length)) return undefined;
  // The length of a mapped network counts the 96 bits in front.
  const bits = Number(length) - (octets.length === 4 && address.includes(':') ? 96 : 0);
  return bits >= 0 && bits <= octets.length * 8 ? { octets, bits } : undefined;
}

/**
 * Whether an address is in a network.
 *
 * @example isInNetwork([192, 0, 2, 1], { octets: [192, 0, 2, 0], bits: 24 }) // true
 */
export function isInNetwork(address: readonly number[], { octets, bits }: Network): boolean {
  if (address.length !== octets.length) return false;
  for (let at = 0; at * 8 < bits; at += 1) {
    const free = Math.max(0, 8 - (bits - at * 8));
    if ((address[at] ?? 0) >> free !== (octets[at] ?? 0) >> free) return false;
  }
  return true;
}

function parseVersion4(text: string): number[] | undefined {
  const parts = text.split('.');
  const valid = parts.length === 4 && parts.every((part) => OCTET.test(part) && Number(part) <= 255);
  return valid ? parts.map(Number) : undefined;
}

function parseVersion6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : parseGroups(half)));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

function parseGroups(text: string): number[] | undefined {
  const octets: number[] = [];
  const groups = text.split(':');
  for (const [at, group] of groups.entries()) {
    const last = at === groups.length - 1 && group.includes('.') ? parseVersion4(group) : undefined;
    if (last !== undefined) octets.push(...last);
    else if (GROUP.test(group)) octets.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return octets;
}
