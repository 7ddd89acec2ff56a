//! Conditions as functions. Lists become sets once, so that a rule with thousands of addresses decides at once.
import { hasVisibleCharacter } from './invisible-characters.ts';
import type { KnownFacts } from './known-facts.ts';
import { metadataValue } from './metadata-value.ts';
import { isInNetwork, type Network, parseNetwork } from './network.ts';
import { type HeldRoles, type NormalCondition, rolePattern } from './normal-form.ts';
import type { MetadataValue } from './policy.ts';

/** `undefined`: it depends on something that is not known. */
export type Truth = boolean | undefined;

/**
 * Says whether a condition fits a visitor.
 *
 * @param unknown the truth of a condition on a field that is not known: `undefined`, so that neither the condition nor its
 *   opposite holds, or `false`, so that its opposite does. Roles that could not be read are always `undefined`.
 */
export type CompiledCondition = (facts: KnownFacts, unknown: false | undefined) => Truth;

/** The fields of a visitor that a condition may look at. */
export type FactName = keyof KnownFacts;

/**
 * Compiles a condition.
 *
 * @param used receives the names of the fields that it looks at
 * @example compileCondition({ country: ['DE'] }, new Set())({ ...facts, country: 'DE' }, undefined) // true
 */
export function compileCondition(condition: NormalCondition, used: Set<FactName>): CompiledCondition {
  const parts: CompiledCondition[] = [];
  const add = (name: FactName, part: CompiledCondition): void => {
    used.add(name);
    parts.push(part);
  };
  for (const [name, values] of [
    ['application', condition.application],
    ['address', condition.email],
    ['connection', condition.connection],
    ['country', condition.country],
  ] as const) {
    if (values !== undefined) add(name, oneOf(name, values));
  }
  if (condition.emailDomain !== undefined) add('domain', domainIn(condition.emailDomain));
  if (condition.organization !== undefined) add('organization', anyIn('organization', condition.organization));
  if (condition.group !== undefined) add('groups', anyIn('groups', condition.group));
  if (condition.role !== undefined) add('roles', holdsAny(condition.role.map(rolePattern)));
  if (condition.holding !== undefined) add('roles', holdsAny([condition.holding]));
  if (condition.appMetadata !== undefined) add('appMetadata', metadataHas(condition.appMetadata));
  if (condition.network !== undefined) add('ip', addressIn(condition.network));
  if (condition.from !== undefined || condition.until !== undefined) {
    add('at', between(condition.from, condition.until));
  }
  if (condition.not !== undefined) {
    const inner = condition.not.map((one) => compileCondition(one, used));
    parts.push((facts, unknown) => opposite(any(inner, facts, unknown)));
  }
  if (condition.anyOf !== undefined) {
    const inner = condition.anyOf.map((one) => compileCondition(one, used));
    parts.push((facts, unknown) => any(inner, facts, unknown));
  }
  return (facts, unknown) => all(parts, facts, unknown);
}

/**
 * Whether a user holds one of the roles that this describes.
 *
 * @example holds(['ORG:WATER'], { prefix: 'ORG:' }) // true
 */
export function holds(roles: readonly string[], { prefix, name }: HeldRoles): boolean {
  return roles.some(
    (role) =>
      (name !== undefined && role === name) ||
      (prefix !== undefined && role.startsWith(prefix) && hasVisibleCharacter(role.slice(prefix.length))),
  );
}

function all(parts: readonly CompiledCondition[], facts: KnownFacts, unknown: false | undefined): Truth {
  let truth: Truth = true;
  for (const part of parts) {
    const one = part(facts, unknown);
    if (one === false) return false;
    if (one === undefined) truth = undefined;
  }
  return truth;
}

function any(parts: readonly CompiledCondition[], facts: KnownFacts, unknown: false | undefined): Truth {
  let truth: Truth = false;
  for (const part of parts) {
    const one = part(facts, unknown);
    if (one === true) return true;
    if (one === undefined) truth = undefined;
  }
  return truth;
}

function opposite(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

function oneOf(
  name: 'application' | 'address' | 'connection' | 'country',
  values: readonly string[],
): CompiledCondition {
  const set = new Set(values);
  return (facts, unknown) => {
    const value = facts[name];
    return value === undefined ? unknown : set.has(value);
  };
}

function anyIn(name: 'organization' | 'groups', values: readonly string[]): CompiledCondition {
  const set = new Set(values);
  return (facts, unknown) => facts[name]?.some((value) => set.has(value)) ?? unknown;
}

function domainIn(values: readonly string[]): CompiledCondition {
  const set = new Set(values);
  const hasWildcard = values.some((value) => value.startsWith('*.'));
  return ({ domain }, unknown) => {
    if (domain === undefined) return unknown;
    if (set.has(domain)) return true;
    if (!hasWildcard) return false;
    for (let dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
      if (set.has(`*${domain.slice(dot)}`)) return true;
    }
    return false;
  };
}

function holdsAny(patterns: readonly HeldRoles[]): CompiledCondition {
  return ({ roles }) => (roles === undefined ? undefined : patterns.some((pattern) => holds(roles, pattern)));
}

function metadataHas(wanted: Readonly<Record<string, readonly MetadataValue[]>>): CompiledCondition {
  const paths = Object.entries(wanted).map(([path, values]) => ({
    steps: path.split('.'),
    values: new Set<unknown>(values),
  }));
  return ({ appMetadata }, unknown) => {
    if (appMetadata === undefined) return unknown;
    return paths.every(({ steps, values }) => {
      const value = metadataValue(appMetadata, steps);
      return Array.isArray(value) ? value.some((one) => values.has(one)) : values.has(value);
    });
  };
}

function addressIn(values: readonly string[]): CompiledCondition {
  const networks = values.map(parseNetwork).filter((network): network is Network => network !== undefined);
  return ({ ip }, unknown) => (ip === undefined ? unknown : networks.some((network) => isInNetwork(ip, network)));
}

function between(from: string | undefined, until: string | undefined): CompiledCondition {
  const first = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const end = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  return ({ at }, unknown) => (at === undefined ? unknown : at >= first && at < end);
}
