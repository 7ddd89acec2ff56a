import { isIP } from 'node:net';
import { addressList } from '../authentication/accounts/attack-protection/address-list.ts';
import { type JsonObject, objectOf } from '../store/json-value.ts';
import type { StoredRecord } from '../store/record-table.ts';

/** The endpoints that a rule can be limited to. The rules of `tenant` are for all. */
export type NetworkScope = 'management' | 'authentication' | 'dynamic_client_registration';

/** The facts of a request that a rule can compare. */
export interface NetworkRequest {
  readonly scope: NetworkScope;
  readonly address: string;
  /** Without its port. */
  readonly hostname: string;
  readonly userAgent: string;
  /** The location of the address, if it is known. */
  readonly country?: string | undefined;
  readonly subdivision?: string | undefined;
}

/** `undefined` if the tenant does not know the fact, or if the comparison would shut out this machine. */
type Outcome = boolean | undefined;

const comparisons: Readonly<Record<string, (values: readonly string[], request: NetworkRequest) => Outcome>> = {
  geo_country_codes: (values, { country }) => (country === undefined ? undefined : values.includes(country)),
  geo_subdivision_codes: (values, { subdivision }) =>
    subdivision === undefined ? undefined : values.includes(subdivision),
  hostnames: (values, { hostname }) => (values.includes('localhost') ? values.includes(hostname) : undefined),
  user_agents: (values, { userAgent }) => values.includes(userAgent),
};

/**
 * The active access control lists that apply to a request, by priority: a lower number is first.
 *
 * A list that names no loopback address does not apply to requests from one, nor does a list of host names without `localhost`: those of
 * a real tenant would refuse everything that this machine sends. Neither does a list with a signal that a local tenant does not know,
 * such as the fingerprint of a TLS client.
 *
 * @example
 * matchingLists(store.records.at({ kind: '/network-acls' }), request)[0]?.members.rule // the rule that decides
 * @see https://auth0.com/docs/secure/tenant-access-control-list/rule-evaluation
 */
export function matchingLists(lists: readonly StoredRecord[], request: NetworkRequest): StoredRecord[] {
  return lists
    .filter(({ members }) => members.active === true && applies(objectOf(members.rule), request))
    .sort((a, b) => priorityOf(a) - priorityOf(b));
}

/** The priority of a list; 50 if it names none. */
export function priorityOf({ members }: StoredRecord): number {
  return typeof members.priority === 'number' ? members.priority : 50;
}

function applies({ scope, match, not_match }: JsonObject, request: NetworkRequest): boolean {
  if (scope !== 'tenant' && scope !== request.scope) return false;
  const outcomes = [
    ...outcomesOf(objectOf(match), request),
    ...outcomesOf(objectOf(not_match), request).map((outcome) => outcome === false),
  ];
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === true);
}

/** An outcome for each signal. IPv4 and IPv6 addresses are one signal. */
function outcomesOf(criteria: JsonObject, request: NetworkRequest): Outcome[] {
  const { ipv4_cidrs, ipv6_cidrs, connecting_ipv4_cidrs, connecting_ipv6_cidrs, ...others } = criteria;
  const addresses = [
    [ipv4_cidrs, ipv6_cidrs],
    // There is no proxy between a client and a local tenant.
    [connecting_ipv4_cidrs, connecting_ipv6_cidrs],
  ].map((lists) => lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : [])));
  return [
    ...addresses.filter((entries) => entries.length > 0).map((entries) => compareAddress(entries, request.address)),
    ...Object.entries(others).map(([signal, values]) => comparisons[signal]?.([values].flat().map(String), request)),
  ];
}

/**
 * Requests from a loopback address are compared with the loopback addresses of a list only. Without any, there is no outcome: a list
 * with every address is meant for the requests of others.
 */
function compareAddress(entries: readonly string[], address: string): Outcome {
  if (!isLoopback(address)) return listed(entries)(address);
  const own = entries.filter(isLoopback);
  return own.length === 0 ? undefined : listed(own)(address);
}

const compiled = new Map<string, (ip: string) => boolean>();
const MOST_COMPILED = 100;

/** Long lists take milliseconds to compile, and each request is compared. */
function listed(entries: readonly string[]): (ip: string) => boolean {
  const key = entries.join();
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  const list = addressList(entries);
  compiled.set(key, list);
  return list;
}

/**
 * Whether it is a loopback address, or a network that begins with one.
 *
 * @example isLoopback('127.0.0.0/8') // true
 */
export function isLoopback(entry: string): boolean {
  const [address = ''] = entry.split('/');
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
