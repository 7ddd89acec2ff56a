import type * as z from 'zod';
import type { Policy } from '../policy/policy.ts';
import type { Expectation, PolicyTest } from '../policy/policy-test.ts';
import { formatPath, type Mistake } from '../problem/mistake.ts';
import type { Complaint } from './complaint.ts';
import { describeValue, isShowable } from './describe-value.ts';
import { expectedKinds, fieldAdvice, otherFieldNames } from './field-descriptions.ts';
import { mistakesProblem } from './mistakes-problem.ts';
import { findContradictions } from './policy-consistency.ts';
import { DEFAULT_PREFIX, policySchema } from './policy-schema.ts';
import { checkRules } from './rule-checks.ts';
import { findSimilarName } from './similar-name.ts';
import { checkTests } from './test-checks.ts';

type Path = readonly (string | number)[];

interface ParsePolicyOptions {
  /** The file that the value comes from, for the error. */
  readonly file?: string | undefined;
}

/** A policy, and the tests in its file. */
export interface TestedPolicy {
  readonly policy: Policy;
  readonly tests: readonly PolicyTest[];
}

/**
 * Checks a policy from a configuration file, and returns it with its defaults filled in: domains in the forms that a
 * visitor's domain is compared with, applications as written. The tests in it are returned beside it.
 *
 * @param input any value, such as the default export of `portcullis.config.ts`
 * @throws {Problem} `policy_invalid`, with every mistake in `mistakes`
 * @example parsePolicy({ applications: ['APEX'], claim: 'https://apex.example.com/roles', landingPage: 'https://apex.example.com/refused' })
 */
export function parsePolicy(input: unknown, { file }: ParsePolicyOptions = {}): TestedPolicy {
  // An `async` function's result would otherwise pass for an object without fields.
  const result = policySchema.safeParse(input instanceof Promise ? undefined : input);
  const mistakes = result.success ? [] : result.error.issues.flatMap((issue) => toMistakes(issue, input));
  const complained = new Set(mistakes.map(({ field }) => field));
  for (const { path, ...complaint } of [...findContradictions(input), ...checkRules(input), ...checkTests(input)]) {
    // One mistake a field: a value that is not a name is not also reported for lacking the prefix.
    const mistake = toMistake(path, complaint, input);
    if (!complained.has(mistake.field)) mistakes.push(mistake);
  }
  if (!result.success || mistakes.length > 0) {
    throw mistakesProblem('policy_invalid', file ?? 'The policy', mistakes, file);
  }
  return { policy: policyOf(result.data), tests: result.data.tests.map(testOf) };
}

function policyOf(data: z.output<typeof policySchema>): Policy {
  const {
    applications,
    tests: _,
    organizationPrefix,
    reasonClaim,
    refuse,
    admit,
    otherwise,
    defaultRole,
    ...rest
  } = data;
  const pages = applications.flatMap(({ name, landingPage }) =>
    landingPage === undefined ? [] : [[name, landingPage] as const],
  );
  // Without a written prefix, rules say who enters, and no role is a ticket by its name alone.
  const hasRules = admit !== undefined || otherwise !== undefined;
  const prefix = hasRules && rest.organizations.length === 0 ? '' : DEFAULT_PREFIX;
  return {
    ...rest,
    applications: applications.map(({ name }) => name),
    organizationPrefix: organizationPrefix ?? prefix,
    ...(reasonClaim === undefined ? {} : { reasonClaim }),
    ...(pages.length === 0 ? {} : { landingPages: Object.fromEntries(pages) }),
    ...(refuse === undefined ? {} : { refuse }),
    ...(admit === undefined ? {} : { admit }),
    ...(otherwise === undefined ? {} : { otherwise }),
    ...(defaultRole === undefined ? {} : { defaultRole }),
  };
}

function testOf({ who, expect }: z.output<typeof policySchema>['tests'][number]): PolicyTest {
  const { roles = [], refusedBy, mfa = false } = expect;
  const expected: Expectation = refusedBy === undefined ? { roles, mfa } : { refusedBy };
  return { who, expect: expected };
}

function toMistakes(issue: z.core.$ZodIssue, input: unknown): Mistake[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => toUnknownField(writtenPath(path, input), key));
  const complaint: Complaint | undefined = issue.code === 'custom' ? issue.params?.complaint : undefined;
  const written = writtenPath(path, input);
  return [toMistake(path, complaint ?? { expected: expectedKind(written), ...adviseOnKind(written, input) }, input)];
}

function toMistake(path: Path, { expected, found, advice }: Complaint, input: unknown): Mistake {
  const written = writtenPath(path, input);
  const description = found ?? describeValue(valueAt(input, written));
  return { path: written, field: formatPath(written), expected, found: description, advice: advice ?? '' };
}

/** The place in the file: a single value has no index of its own, and an application's name no field. */
function writtenPath(path: Path, input: unknown): Path {
  const written: (string | number)[] = [];
  let value = input;
  for (const [index, step] of path.entries()) {
    const isLast = index === path.length - 1;
    const isInside = typeof value === 'object' && value !== null;
    if (!isInside && value !== undefined) break;
    if (typeof step === 'number' && isInside && !Array.isArray(value)) {
      if (isLast) break;
      continue;
    }
    written.push(step);
    value = isInside ? Reflect.get(value as object, step) : undefined;
  }
  return written;
}

function toUnknownField(parent: Path, key: string): Mistake {
  const path = [...parent, isShowable(key) ? key : '…'];
  const known = knownFields(parent);
  const similar = findSimilarName(key, known, new Map(otherFieldNames.filter(([, field]) => known.includes(field))));
  const suggestion = similar !== undefined && known.includes(similar) ? `Did you mean ${similar}?` : 'Remove it.';
  return {
    path,
    field: formatPath(path),
    expected: `one of the fields ${known.join(', ')}`,
    found: 'a field that is unknown',
    advice: fieldAdvice.get(key.toLowerCase().replace(/[^a-z]/g, '')) ?? suggestion,
  };
}

function adviseOnKind(path: Path, input: unknown): Pick<Complaint, 'advice'> {
  const value = valueAt(input, path);
  if (path.length === 0) return { advice: 'Write: export default definePolicy({ … });' };
  // A text that should be a list with one entry.
  if (typeof value === 'string' && expectedKind(path).startsWith('a list'))
    return { advice: 'Put it in brackets: [ … ].' };
  return {};
}

function expectedKind(path: Path): string {
  return expectedKinds[genericPath(path)] ?? 'something else';
}

function knownFields(parent: Path): string[] {
  // With a field behind it, so that a condition inside a condition has the fields of the outer one.
  const prefix = genericPath([...parent, '?']).slice(0, -1);
  return Object.keys(expectedKinds)
    .filter((field) => field !== '' && field.startsWith(prefix))
    .map((field) => field.slice(prefix.length))
    .filter((field) => !/[.[]/.test(field));
}

/** The path with any places in lists, and with conditions inside conditions as the outer one. */
function genericPath(path: Path): string {
  return formatPath(path)
    .replace(/\[\d+\]/g, '[]')
    .replace(/(\.(?:not|anyOf)(?:\[\])?)+(?=\.)/g, '')
    .replace(/\.(?:not|anyOf)(?:\[\])$/, '')
    .replace(/(\.appMetadata)\..*$/, '$1[]');
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );
}
