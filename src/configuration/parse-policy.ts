import type * as z from 'zod';
import type { Policy } from '../policy/policy.ts';
import { formatPath, type Mistake } from '../problem/mistake.ts';
import type { Complaint } from './complaint.ts';
import { describeValue, isShowable } from './describe-value.ts';
import { mistakesProblem } from './mistakes-problem.ts';
import { findContradictions } from './policy-consistency.ts';
import { expectedKinds, otherFieldNames, policySchema } from './policy-schema.ts';
import { findSimilarName } from './similar-name.ts';

type Path = readonly (string | number)[];

interface ParsePolicyOptions {
  /** The file that the value comes from, for the error. */
  readonly file?: string | undefined;
}

/**
 * Checks a policy from a configuration file, and returns it with its defaults filled in: domains in the forms that a
 * visitor's domain is compared with, applications as written.
 *
 * @param input any value, such as the default export of `portcullis.config.ts`
 * @throws {Problem} `policy_invalid`, with every mistake in `mistakes`
 * @example parsePolicy({ applications: ['APEX'], claim: 'https://apex.example.com/roles', landingPage: 'https://apex.example.com/refused' })
 */
export function parsePolicy(input: unknown, { file }: ParsePolicyOptions = {}): Policy {
  // An `async` function's result would otherwise pass for an object without fields.
  const result = policySchema.safeParse(input instanceof Promise ? undefined : input);
  const mistakes = result.success ? [] : result.error.issues.flatMap((issue) => toMistakes(issue, input));
  const complained = new Set(mistakes.map(({ field }) => field));
  for (const { path, ...complaint } of findContradictions(input)) {
    // One mistake a field: a value that is not a name is not also reported for lacking the prefix.
    if (!complained.has(formatPath(path))) mistakes.push(toMistake(path, complaint, input));
  }
  if (!result.success || mistakes.length > 0) {
    throw mistakesProblem('policy_invalid', file ?? 'The policy', mistakes, file);
  }
  const { defaultRole, ...rest } = result.data;
  return defaultRole === undefined ? rest : { ...rest, defaultRole };
}

function toMistakes(issue: z.core.$ZodIssue, input: unknown): Mistake[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => toUnknownField(path, key));
  const complaint: Complaint | undefined = issue.code === 'custom' ? issue.params?.complaint : undefined;
  return [toMistake(path, complaint ?? { expected: expectedKind(path), ...adviseOnKind(path, input) }, input)];
}

function toMistake(path: Path, { expected, found, advice }: Complaint, input: unknown): Mistake {
  const description = found ?? describeValue(valueAt(input, path));
  return { path, field: formatPath(path), expected, found: description, advice: advice ?? '' };
}

function toUnknownField(parent: Path, key: string): Mistake {
  const path = [...parent, isShowable(key) ? key : '…'];
  const known = knownFields(parent);
  const similar = findSimilarName(key, known, otherFieldNames);
  const suggestion = similar !== undefined && known.includes(similar) ? `Did you mean ${similar}?` : 'Remove it.';
  return {
    path,
    field: formatPath(path),
    expected: `one of the fields ${known.join(', ')}`,
    found: 'a field that is unknown',
    advice: suggestion,
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
  const prefix = parent.length === 0 ? '' : `${genericPath(parent)}.`;
  return Object.keys(expectedKinds)
    .filter((field) => field !== '' && field.startsWith(prefix))
    .map((field) => field.slice(prefix.length))
    .filter((field) => !/[.[]/.test(field));
}

function genericPath(path: Path): string {
  return formatPath(path).replace(/\[\d+\]/g, '[]');
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );
}
