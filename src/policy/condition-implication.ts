//! Whether one condition fits only if another does, as far as that can be seen from their values.
import { holds } from './compiled-condition.ts';
import { isInNetwork, parseNetwork } from './network.ts';
import { rolePattern } from './normal-form.ts';
import type { Condition } from './policy.ts';

/**
 * Whether every visitor that fits the first condition also fits the second. It may miss such a pair, and never finds a wrong
 * one.
 *
 * @example implies({ email: ['ann@water.example'] }, { emailDomain: ['water.example'] }) // true
 */
export function implies(one: Condition, other: Condition): boolean {
  // An alternative that fits is enough for the first condition, so each has to be enough for the second.
  if (one.anyOf !== undefined && other.anyOf !== undefined) {
    const { anyOf, ...rest } = one;
    const { anyOf: branches, ...otherRest } = other;
    const covers = anyOf.every((inner) => branches.some((branch) => implies(inner, branch)));
    return (covers || branches.some((branch) => implies(rest, branch))) && implies(rest, otherRest);
  }
  return (
    (['connection', 'organization', 'group', 'country', 'application', 'email'] as const).every((name) =>
      isWithin(one[name], other[name], (value, list) => list.includes(value)),
    ) &&
    isWithin(one.role, other.role, (value, list) => list.some((pattern) => coversRole(pattern, value))) &&
    isWithin(one.network, other.network, (value, list) => list.some((network) => coversNetwork(network, value))) &&
    hasDomain(one, other.emailDomain) &&
    Object.entries(other.appMetadata ?? {}).every(([path, values]) => {
      const own = one.appMetadata;
      return isWithin(own !== undefined && Object.hasOwn(own, path) ? own[path] : undefined, values, (value, list) =>
        list.includes(value),
      );
    }) &&
    (other.from === undefined || (one.from !== undefined && Date.parse(one.from) >= Date.parse(other.from))) &&
    (other.until === undefined || (one.until !== undefined && Date.parse(one.until) <= Date.parse(other.until))) &&
    (other.not ?? []).every((excluded) => (one.not ?? []).some((inner) => implies(excluded, inner))) &&
    (other.anyOf === undefined || other.anyOf.some((branch) => implies(one, branch)))
  );
}

function isWithin<T>(
  values: readonly T[] | undefined,
  list: readonly T[] | undefined,
  covers: (value: T, list: readonly T[]) => boolean,
): boolean {
  if (list === undefined) return true;
  return values?.every((value) => covers(value, list)) ?? false;
}

function hasDomain({ email, emailDomain }: Condition, list: readonly string[] | undefined): boolean {
  if (list === undefined) return true;
  const domains = emailDomain ?? email?.map((address) => address.slice(address.lastIndexOf('@') + 1));
  return domains?.every((domain) => list.some((pattern) => coversDomain(pattern, domain))) ?? false;
}

function coversDomain(pattern: string, domain: string): boolean {
  return pattern === domain || (pattern.startsWith('*.') && domain.endsWith(pattern.slice(1)));
}

function coversRole(pattern: string, role: string): boolean {
  if (pattern === role) return true;
  const { prefix } = rolePattern(pattern);
  if (prefix === undefined) return false;
  const inner = rolePattern(role);
  return inner.prefix?.startsWith(prefix) ?? holds([role], { prefix });
}

function coversNetwork(network: string, inner: string): boolean {
  const [outside, inside] = [parseNetwork(network), parseNetwork(inner)];
  if (outside === undefined || inside === undefined) return network === inner;
  return inside.bits >= outside.bits && isInNetwork(inside.octets, outside);
}
