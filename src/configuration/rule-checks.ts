//! The meaning of rules: values that exist, conditions that can fit, names that distinguish.
import { isInNetwork, parseNetwork } from '../policy/network.ts';
import { BUILT_IN_REASONS } from '../policy/refusal-messages.ts';
import { checkAddress } from './address-rules.ts';
import type { Complaint } from './complaint.ts';
import { isCountry } from './country-codes.ts';
import { describeValue } from './describe-value.ts';
import { checkDomain } from './domain-rules.ts';
import { endOf, startOf } from './moment-rules.ts';
import { checkRoleName } from './name-rules.ts';
import type { PlacedComplaint } from './policy-consistency.ts';
import { findSimilarName } from './similar-name.ts';
import { applicationNames, type Fields, fieldsOf, isFields, listOf } from './written-fields.ts';

/** Limits of a policy; docs/policy.md states them. */
export const RULE_LIMITS = { rules: 200, values: 5000, depth: 4, name: 60, sentence: 200 } as const;

type Path = readonly (string | number)[];

/**
 * Checks the rules of a policy as it is written.
 *
 * @param input any value; parts of the wrong kind are skipped, since the schema refuses them
 * @example [...checkRules({ admit: [{ rule: 'all', when: {} }] })][0]?.path // ['admit', 0, 'when']
 */
export function* checkRules(input: unknown): Generator<PlacedComplaint> {
  const policy = fieldsOf(input);
  const applications = applicationNames(policy.applications);
  const names = new Map<string, string>();
  let count = 0;
  for (const list of ['refuse', 'admit'] as const) {
    for (const [index, value] of listOf(policy[list]).entries()) {
      const path = [list, index];
      const rule = fieldsOf(value);
      count += 1;
      if (count === RULE_LIMITS.rules + 1) {
        yield {
          path,
          expected: `at most ${RULE_LIMITS.rules} rules`,
          found: 'another rule',
          advice: 'Merge rules: a condition takes lists.',
        };
      }
      if (typeof rule.rule === 'string')
        yield* placed([...path, 'rule'], checkRuleName(rule.rule, names, `${list}[${index}]`));
      if (typeof rule.because === 'string') yield* placed([...path, 'because'], checkSentence(rule.because));
      for (const [position, role] of listOf(rule.roles).entries()) {
        if (typeof role === 'string') yield* placed([...path, 'roles', position], checkRoleName(role));
      }
      if (isFields(rule.when)) yield* checkCondition(rule.when, [...path, 'when'], applications, 1);
    }
  }
  const otherwise = fieldsOf(policy.otherwise);
  for (const [position, role] of listOf(otherwise.roles).entries()) {
    if (typeof role === 'string') yield* placed(['otherwise', 'roles', position], checkRoleName(role));
  }
  yield* checkCombination(policy);
}

function* checkCombination(policy: Fields): Generator<PlacedComplaint> {
  if (policy.otherwise !== undefined && policy.defaultRole !== undefined) {
    yield {
      path: ['otherwise'],
      expected: 'either otherwise or defaultRole',
      found: 'both',
      advice: 'otherwise: { roles: [ … ] } says the same as defaultRole: remove one of the two.',
    };
  }
  const hasRules = policy.admit !== undefined || policy.otherwise !== undefined;
  if (policy.unverifiedEmail === 'admit' && hasRules) {
    yield {
      path: ['unverifiedEmail'],
      expected: '"refuse" or "rules" beside admit and otherwise',
      advice: '"admit" lets in everybody without a verified address, past all rules. "rules" lets the rules decide.',
    };
  }
}

function checkRuleName(name: string, names: Map<string, string>, field: string): Complaint | undefined {
  const expected = 'a name for the rule, such as "left the company"';
  if (name.trim() === '' || name !== name.trim() || /[\p{C}\p{Zl}\p{Zp},]/u.test(name)) {
    return { expected, advice: 'It has no comma, no invisible character, and no space at its ends.' };
  }
  if (name.length > RULE_LIMITS.name) return { expected: `${expected}, of at most ${RULE_LIMITS.name} characters` };
  if (BUILT_IN_REASONS.has(name)) return { expected, advice: 'This name is a reason of the policy itself.' };
  const first = names.get(name);
  names.set(name, first ?? field);
  if (first === undefined) return undefined;
  return {
    expected: 'each name once',
    found: `${describeValue(name)} again, after ${first}`,
    advice: 'Give it another name.',
  };
}

/** RFC 6749, section 4.1.2.1: the characters of `error_description`. */
function checkSentence(sentence: string): Complaint | undefined {
  const expected = 'one sentence in ASCII without double quotes and backslashes';
  if (sentence.trim() === '') return { expected };
  if (!/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/.test(sentence)) {
    return {
      expected,
      found: 'a text with other characters',
      advice: 'Auth0 sends it as error_description, which allows nothing else.',
    };
  }
  if (sentence.length > RULE_LIMITS.sentence) {
    return { expected: `${expected}, of at most ${RULE_LIMITS.sentence} characters`, found: 'a longer text' };
  }
  return undefined;
}

function* checkCondition(
  condition: Fields,
  path: Path,
  applications: readonly string[],
  depth: number,
): Generator<PlacedComplaint> {
  const present = Object.entries(condition).filter(([, value]) => value !== undefined);
  if (present.length === 0) {
    yield {
      path,
      expected: 'a condition with at least one field',
      found: 'an empty one',
      advice: 'For all others, use otherwise.',
    };
  }
  if (depth > RULE_LIMITS.depth) {
    yield {
      path,
      expected: `conditions in at most ${RULE_LIMITS.depth} levels`,
      found: 'a deeper one',
      advice: 'Write several rules.',
    };
    return;
  }
  for (const [name, value] of present) {
    const at = [...path, name];
    const values = Array.isArray(value) ? value : [value];
    if (values.length > RULE_LIMITS.values) {
      yield {
        path: at,
        expected: `at most ${RULE_LIMITS.values} values`,
        found: `${values.length}`,
        advice: 'Give them a role, and name the role.',
      };
      continue;
    }
    if (name === 'not' || name === 'anyOf') {
      for (const [index, inner] of values.entries()) {
        if (isFields(inner)) yield* checkCondition(inner, [...at, index], applications, depth + 1);
      }
      continue;
    }
    if (name === 'appMetadata' && isFields(value)) {
      for (const key of Object.keys(value)) yield* placed([...at, key], checkPath(key));
      continue;
    }
    for (const [index, one] of values.entries()) {
      if (typeof one === 'string') yield* placed([...at, index], checkValue(name, one, applications));
    }
  }
  yield* checkWindow(condition, path);
}

/**
 * Checks one text of a condition.
 *
 * @param applications the guarded applications, for the field `application`
 * @example checkValue('emailDomain', 'water', [])?.advice // 'A single word is a whole registry …'
 */
export function checkValue(field: string, value: string, applications: readonly string[]): Complaint | undefined {
  switch (field) {
    case 'email':
      return checkAddress(value);
    case 'emailDomain':
      return value.startsWith('*.') ? checkDomain(value.slice(2), true) : checkDomain(value, false, 'rule');
    case 'role':
      return checkRoleName(value.length > 1 ? value.replace(/\*$/, '') : value) ?? checkAnyRole(value);
    case 'country':
      return checkCountry(value);
    case 'network':
      return checkNetwork(value);
    case 'application':
      return checkApplicationName(value, applications);
    case 'connection':
      return checkConnection(value);
    case 'from':
    case 'until':
      return checkMoment(value);
    default:
      return value.trim() === '' || value !== value.trim()
        ? { expected: 'a name', advice: 'Remove the spaces at its ends: names compare exactly.' }
        : undefined;
  }
}

function checkAnyRole(value: string): Complaint | undefined {
  return value === '*'
    ? { expected: 'a role, or the beginning of one in front of *', advice: 'Name a role.' }
    : undefined;
}

function checkCountry(value: string): Complaint | undefined {
  if (isCountry(value)) return undefined;
  const other = { UK: 'GB', EL: 'GR', EN: 'GB', EU: undefined }[value.toUpperCase()];
  const advice = other === undefined ? 'Use ISO 3166-1, such as DE, AT or CH.' : `Did you mean ${other}?`;
  return { expected: 'the two-letter code of a country', advice };
}

function checkNetwork(value: string): Complaint | undefined {
  const expected = 'a network such as "192.0.2.0/24", or an IP address';
  const network = parseNetwork(value);
  if (network === undefined) return { expected, advice: 'Write it in CIDR notation.' };
  const first = firstAddress(network.octets, network.bits);
  if (!isInNetwork(network.octets, { octets: first, bits: first.length * 8 })) {
    return { expected, advice: 'Bits behind the prefix are set: write the first address of the network.' };
  }
  return undefined;
}

function firstAddress(octets: readonly number[], bits: number): number[] {
  return octets.map((octet, at) => {
    const free = Math.min(8, Math.max(0, 8 - (bits - at * 8)));
    return (octet >> free) << free;
  });
}

function checkApplicationName(value: string, applications: readonly string[]): Complaint | undefined {
  if (applications.includes(value)) return undefined;
  const similar = findSimilarName(value, applications);
  return {
    expected: 'one of the applications of the policy',
    advice:
      similar === undefined ? `They are: ${applications.join(', ')}.` : `Did you mean ${JSON.stringify(similar)}?`,
  };
}

function checkConnection(value: string): Complaint | undefined {
  const expected = 'a connection\'s name, such as "google-oauth2"';
  if (value.trim() === '' || value !== value.trim()) return { expected };
  return /^con_[A-Za-z0-9]{12,}$/.test(value)
    ? { expected, advice: 'This is an id; ids differ from tenant to tenant.' }
    : undefined;
}

function checkMoment(value: string): Complaint | undefined {
  if (startOf(value) !== undefined) return undefined;
  return { expected: 'a day such as "2027-03-31", or a moment with its time zone such as "2027-03-31T18:00:00Z"' };
}

function checkPath(path: string): Complaint | undefined {
  if (path.split('.').every((step) => step.trim() !== '')) return undefined;
  return { expected: 'a path in app_metadata, such as "personnel.department"' };
}

function* checkWindow({ from, until }: Fields, path: Path): Generator<PlacedComplaint> {
  if (typeof from !== 'string' || typeof until !== 'string') return;
  const [first, end] = [startOf(from), endOf(until)];
  if (first === undefined || end === undefined || first < end) return;
  yield { path: [...path, 'until'], expected: 'an end after from', advice: 'As it is, the condition can never fit.' };
}

function* placed(path: Path, complaint: Complaint | undefined): Generator<PlacedComplaint> {
  if (complaint !== undefined) yield { path, ...complaint };
}
