//! The meaning of a policy's tests: visitors that can exist, and expectations that can be met.
import { parseAddress } from '../policy/network.ts';
import { BUILT_IN_REASONS } from '../policy/refusal-messages.ts';
import type { Complaint } from './complaint.ts';
import { isCountry } from './country-codes.ts';
import { momentOf } from './moment-rules.ts';
import type { PlacedComplaint } from './policy-consistency.ts';
import { findSimilarName } from './similar-name.ts';
import { applicationNames, type Fields, fieldsOf, isFields, listOf } from './written-fields.ts';

/** The names that a test may refer to. */
interface KnownNames {
  readonly applications: readonly string[];
  readonly refuseRules: readonly string[];
}

/**
 * Checks the tests of a policy as it is written.
 *
 * @param input any value; parts of the wrong kind are skipped, since the schema refuses them
 * @example [...checkTests({ tests: [{ who: { country: 'UK' }, expect: { roles: [] } }] })][0]?.path
 */
export function* checkTests(input: unknown): Generator<PlacedComplaint> {
  const policy = fieldsOf(input);
  const refuseRules = listOf(policy.refuse).flatMap((one) => {
    const { rule } = fieldsOf(one);
    return typeof rule === 'string' ? rule : [];
  });
  const names: KnownNames = { applications: applicationNames(policy.applications), refuseRules };
  for (const [index, test] of listOf(policy.tests).entries()) {
    const { who, expect } = fieldsOf(test);
    const path = ['tests', index];
    for (const [field, check] of Object.entries(checks(names))) {
      const value = fieldsOf(who)[field];
      const complaint = typeof value === 'string' ? check(value) : undefined;
      if (complaint !== undefined) yield { path: [...path, 'who', field], ...complaint };
    }
    if (isFields(expect)) yield* checkExpectation(expect, [...path, 'expect'], names);
  }
}

function checks({ applications }: KnownNames): Record<string, (value: string) => Complaint | undefined> {
  return {
    country: (value) => (isCountry(value) ? undefined : { expected: 'the two-letter code of a country' }),
    ip: (value) => (parseAddress(value) === undefined ? { expected: 'an IP address, such as "192.0.2.1"' } : undefined),
    application: (value) =>
      applications.includes(value) ? undefined : { expected: `one of the applications ${applications.join(', ')}` },
    at: (value) =>
      momentOf(value) === undefined
        ? { expected: 'a day such as "2027-03-31", or a moment with its time zone such as "2027-03-31T18:00:00Z"' }
        : undefined,
  };
}

function* checkExpectation(
  { roles, refusedBy, mfa }: Fields,
  path: readonly (string | number)[],
  { refuseRules }: KnownNames,
): Generator<PlacedComplaint> {
  if ((roles === undefined) === (refusedBy === undefined)) {
    yield {
      path,
      expected: 'either { roles: [ … ] } or { refusedBy: "…" }',
      found: roles === undefined ? 'neither' : 'both',
    };
    return;
  }
  if (mfa !== undefined && refusedBy !== undefined) {
    yield {
      path: [...path, 'mfa'],
      expected: 'mfa beside roles only',
      advice: 'Refused users are not asked for a factor.',
    };
  }
  if (typeof refusedBy !== 'string' || refuseRules.includes(refusedBy) || BUILT_IN_REASONS.has(refusedBy)) return;
  const similar = findSimilarName(refusedBy, [...refuseRules, ...BUILT_IN_REASONS]);
  yield {
    path: [...path, 'refusedBy'],
    expected: 'the name of a refuse rule, or a reason such as "unverified_email" or "no_matching_rule"',
    advice: similar === undefined ? '' : `Did you mean ${JSON.stringify(similar)}?`,
  };
}
