import { createHash, randomBytes } from 'node:crypto';
import { readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type Configuration, loadConfiguration } from '../../../configuration/load-configuration.ts';
import { parsePolicy } from '../../../configuration/parse-policy.ts';
import type { AdmitRule, Policy, RefuseRule } from '../../../policy/policy.ts';
import { runPolicyTest } from '../../../policy/policy-test.ts';
import { policyWarnings } from '../../../policy/policy-warnings.ts';
import { Problem } from '../../../problem/problem.ts';
import { describeExpectation, describeOutcome, describeVisitor } from '../../policy-tests/describe-test.ts';
import { replaceFile } from '../../replace-file.ts';
import { errorAsJson, type JsonError } from '../../report-error.ts';
import { editPolicySource, type PlainRecord } from './edit-policy-source.ts';

/** A test of the policy file and its result, in words. */
export interface ShownTest {
  readonly visitor: string;
  readonly expected: string;
  readonly outcome: string;
  readonly holds: boolean;
}

/** The policy file as the console shows it. */
export interface PolicyFileState {
  readonly name: string;
  /** Whether the file may be written: the example of the package may not. */
  readonly writable: boolean;
  readonly refuse: readonly RefuseRule[];
  readonly admit: readonly AdmitRule[];
  /** Names of the guarded applications, as the file has them. */
  readonly applications: readonly string[];
  readonly tests: readonly ShownTest[];
  /** The reason why the file as it is now is not in use. */
  readonly problem?: JsonError;
}

/** A change of a rule, before it is written or after. */
export interface ChangedPolicyFile {
  readonly before: string;
  readonly after: string;
  /** A digest of `before`. Only the same text is replaced. */
  readonly digest: string;
  readonly tests: readonly ShownTest[];
  readonly warnings: readonly string[];
  /** The reason why it cannot be written. */
  readonly problem?: JsonError;
  readonly written: boolean;
}

/** The file that a policy comes from, for the console. */
export interface PolicyFile {
  state(): PolicyFileState;
  /**
   * Says that the file was read again, and whether it is in use.
   *
   * @param isOwn whether it may be written now: the folder may have got a file of its own in place of the example
   */
  read(loaded: Configuration | { readonly error: unknown }, isOwn?: boolean): void;
  /** Changes a rule, as the console asks. The file is written only if the policy is valid and its tests hold. */
  change(request: unknown): Promise<ChangedPolicyFile>;
}

const requestSchema = z.strictObject({
  list: z.enum(['refuse', 'admit']),
  name: z.string().optional(),
  rule: z.record(z.string(), z.json()).optional(),
  /** The digest of the text that the user has seen: with it, the file is written. */
  digest: z.string().optional(),
});

type ChangeRequest = z.output<typeof requestSchema>;
type RuleList = ChangeRequest['list'];

/**
 * Makes the policy file of `portcullis dev` known to the console.
 *
 * @param first the configuration that is in use
 * @param writable whether the file may be written
 * @example createPolicyFile(loaded, true).state().tests
 */
export function createPolicyFile(first: Configuration, writable: boolean): PolicyFile {
  let inUse = first;
  let mayWrite = writable;
  let problem: JsonError | undefined;
  let previous: Promise<unknown> = Promise.resolve();
  return {
    state: () => ({
      name: basename(inUse.file),
      writable: mayWrite,
      refuse: inUse.policy.refuse ?? [],
      admit: inUse.policy.admit ?? [],
      applications: inUse.policy.applications,
      tests: testsOf(inUse),
      ...(problem === undefined ? {} : { problem }),
    }),
    read(loaded, isOwn = mayWrite) {
      problem = 'error' in loaded ? errorAsJson(loaded.error) : undefined;
      if ('error' in loaded) return;
      inUse = loaded;
      mayWrite = isOwn;
    },
    async change(request) {
      const parsed = requestSchema.parse(request);
      const { file } = inUse;
      // One after another: two pages that write at once would each find the text that they were shown.
      const change = previous.then(() => changeFile(file, parsed, mayWrite));
      previous = change.catch(() => undefined);
      return await change;
    },
  };
}

async function changeFile(file: string, request: ChangeRequest, writable: boolean): Promise<ChangedPolicyFile> {
  // The text is in the file that a link leads to, and stays there.
  const target = await realpath(file).catch(() => file);
  const changed = await prepare(target, request);
  if (request.digest === undefined || changed.problem !== undefined || !writable) return changed;
  if (request.digest !== changed.digest) return { ...changed, problem: errorAsJson(changedMeanwhile(file)) };
  if (changed.tests.some(({ holds }) => !holds)) return changed;
  const { mode } = await stat(target);
  // An editor may have written while the text was checked.
  if ((await readFile(target, 'utf8')) !== changed.before) {
    return { ...changed, problem: errorAsJson(changedMeanwhile(file)) };
  }
  await replaceFile(target, changed.after, { mode: mode & 0o777 });
  return { ...changed, written: true };
}

async function prepare(file: string, { list, name, rule }: ChangeRequest): Promise<ChangedPolicyFile> {
  const before = await readFile(file, 'utf8');
  const digest = createHash('sha256').update(before).digest('hex');
  const unchanged = { before, after: before, digest, tests: [], warnings: [], written: false };
  try {
    const { policy } = await loadConfiguration({ path: file });
    const known = policy[list]?.find((one) => one.rule === name);
    const after = editPolicySource(before, {
      list,
      name,
      before: known === undefined ? undefined : plain(known),
      after: rule as PlainRecord | undefined,
    });
    if (after === undefined) throw unusual(file);
    const checked = await check(file, after).catch((error: unknown) => ({ error }));
    if ('error' in checked) return { ...unchanged, after, problem: errorAsJson(checked.error) };
    if (!isOnlyChange(policy, checked.policy, { list, name, rule })) throw unusual(file);
    return {
      ...unchanged,
      after,
      tests: testsOf(checked),
      warnings: [...prefixWarnings(policy, checked.policy), ...policyWarnings(checked.policy, Date.now())],
    };
  } catch (error) {
    return { ...unchanged, problem: errorAsJson(error) };
  }
}

/** Loads a text as if it were in the file, from a file beside it, so that its imports are found. */
async function check(file: string, text: string): Promise<Configuration> {
  const beside = join(dirname(file), `.${randomBytes(6).toString('hex')}-${basename(file)}`);
  await writeFile(beside, text, { flag: 'wx', mode: 0o600 });
  try {
    return await loadConfiguration({ path: beside });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message, remedy, line, mistakes } = error;
    throw new Problem(code, message.replaceAll(beside, file), remedy, { cause: error, file, line, mistakes });
  } finally {
    await rm(beside, { force: true });
  }
}

/** Whether a text differs from the file in nothing except the rule: it may compute its rules in ways that cannot be seen. */
function isOnlyChange(before: Policy, after: Policy, { list, name, rule }: ChangeRequest): boolean {
  const others = (policy: Policy, except: unknown) => ({
    ...policy,
    refuse: policy.refuse ?? [],
    admit: policy.admit ?? [],
    [list]: (policy[list] ?? []).filter((one) => one.rule !== except),
    // It follows from whether there are rules at all.
    organizationPrefix: '',
  });
  if (!isDeepStrictEqual(others(before, name), others(after, rule?.rule))) return false;
  if (rule === undefined) return true;
  const changed = after[list]?.find((one) => one.rule === rule.rule);
  return isDeepStrictEqual(changed, readRule(after, list, rule));
}

/** Reads a rule as it would be read in a policy file without other rules. */
function readRule({ applications, claim, landingPage, organizationPrefix }: Policy, list: RuleList, rule: unknown) {
  const prefix = organizationPrefix === '' ? {} : { organizationPrefix };
  const file = { applications, claim, landingPage, ...prefix, otherwise: 'refuse', [list]: [rule] };
  return parsePolicy(file).policy[list]?.[0];
}

/** The first rule of a policy, and the last one that is removed, may change what a role's name means. */
function prefixWarnings({ organizationPrefix: before }: Policy, { organizationPrefix: after }: Policy): string[] {
  if (before === after) return [];
  const meaning =
    after === ''
      ? `a role that begins with ${before} no longer lets its holders in by itself`
      : `a role that begins with ${after} lets its holders in by itself`;
  const remedy = `organizationPrefix: ${JSON.stringify(before)}`;
  return [`With this change, ${meaning}. To keep what the policy says now, write ${remedy}`];
}

function testsOf({ policy, tests }: Pick<Configuration, 'policy' | 'tests'>): ShownTest[] {
  return tests.map((test) => {
    const result = runPolicyTest(policy, test);
    return {
      visitor: describeVisitor(test.who),
      expected: describeExpectation(test.expect),
      outcome: describeOutcome(result),
      holds: result.holds,
    };
  });
}

/** The rule as the console gets it and sends it back. */
function plain(rule: RefuseRule | AdmitRule): PlainRecord {
  return JSON.parse(JSON.stringify(rule));
}

function unusual(file: string): Problem {
  const message = `${basename(file)} writes this rule in a way that is not known here, such as with a variable or a function.`;
  return new Problem('policy_file_unusual', message, undefined, { file });
}

function changedMeanwhile(file: string): Problem {
  return new Problem('policy_file_changed', `${basename(file)} has changed since.`, undefined, { file });
}
