import { z } from 'zod';
import { objectOf } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { FormProblem } from '../universal-login/forms/form-problem.ts';

/** The rules of a database for new passwords. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  /** `all`: lower case, upper case and a digit. `three`: three of those and special characters. */
  readonly characters: 'any' | 'all' | 'three';
  readonly refusesRepetition: boolean;
  /** In lower case. */
  readonly dictionary: readonly string[];
  readonly refusesPersonalInformation: boolean;
}

/** Auth0 hashes with bcrypt, which ignores everything after these bytes. */
const maximumBytes = 72;

const levels: Record<string, Pick<PasswordPolicy, 'minimumLength' | 'characters' | 'refusesRepetition'>> = {
  none: { minimumLength: 1, characters: 'any', refusesRepetition: false },
  low: { minimumLength: 6, characters: 'any', refusesRepetition: false },
  fair: { minimumLength: 8, characters: 'all', refusesRepetition: false },
  good: { minimumLength: 8, characters: 'three', refusesRepetition: false },
  excellent: { minimumLength: 10, characters: 'three', refusesRepetition: true },
};

const good: PasswordPolicy = {
  minimumLength: 8,
  characters: 'three',
  refusesRepetition: false,
  dictionary: [],
  refusesPersonalInformation: false,
};

const optionsSchema = z.object({
  passwordPolicy: z.enum(['none', 'low', 'fair', 'good', 'excellent']).catch('good'),
  minimumLength: z.number().int().min(1).max(128).optional().catch(undefined),
  dictionary: z.array(z.string()).catch([]),
  personal: z.boolean().catch(false),
});

const characterTypes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];

/**
 * The policy from a database connection's options. Without options it is `good`, as for a database that Auth0 creates
 * itself. Invalid options do not loosen it.
 *
 * @example
 * passwordPolicyOf(connection).minimumLength; // 8
 * @see Auth0 docs: "Password Strength in Auth0 Database Connections", "Password Options in Auth0 Database Connections".
 */
export function passwordPolicyOf(connection: Pick<ConnectionRecord, 'options'>): PasswordPolicy {
  const { options } = connection;
  const dictionary = objectOf(options.password_dictionary);
  const parsed = optionsSchema.parse({
    passwordPolicy: options.passwordPolicy,
    minimumLength: objectOf(options.password_complexity_options).min_length,
    dictionary: dictionary.enable === true ? dictionary.dictionary : [],
    personal: objectOf(options.password_no_personal_info).enable,
  });
  const level = levels[parsed.passwordPolicy] ?? good;
  return {
    ...level,
    minimumLength: parsed.minimumLength ?? level.minimumLength,
    dictionary: parsed.dictionary.map((word) => word.toLowerCase()),
    refusesPersonalInformation: parsed.personal,
  };
}

/**
 * Lists the problems of a new password; empty if the password is acceptable.
 *
 * @param password as typed.
 * @param policy the rules of the database; Auth0's `good` by default.
 * @param userData the user's own data, for databases that refuse it in passwords.
 * @example
 * passwordProblems('short').map((problem) => problem.code);
 * // ['password-policy-length-at-least', 'password-policy-contains-at-least']
 * @see Auth0 docs: "Password Strength in Auth0 Database Connections".
 */
export function passwordProblems(
  password: string,
  policy: PasswordPolicy = good,
  userData: readonly string[] = [],
): FormProblem<'password'>[] {
  const problems: FormProblem<'password'>[] = [];
  const report = (code: string, message: string) => problems.push({ field: 'password', code, message });
  const types = characterTypes.filter((type) => type.test(password)).length;

  if ([...password].length < policy.minimumLength) {
    report('password-policy-length-at-least', `The password needs at least ${characters(policy.minimumLength)}.`);
  }
  if (Buffer.byteLength(password) > maximumBytes) {
    report('password-policy-length-at-most', `The password may have at most ${maximumBytes} bytes.`);
  }
  if (!password.isWellFormed() || /\p{Cc}/u.test(password)) {
    report('password-invalid', 'The password may not hold control characters.');
  }
  if (policy.characters === 'three' && types < 3) {
    report(
      'password-policy-contains-at-least',
      'The password needs at least three of: lower case letters, upper case letters, numbers, special characters.',
    );
  }
  if (policy.characters === 'all' && !characterTypes.slice(0, 3).every((type) => type.test(password))) {
    report(
      'password-policy-contains-at-least',
      'The password needs lower case letters, upper case letters and numbers.',
    );
  }
  if (policy.refusesRepetition && /(.)\1\1/su.test(password)) {
    report('password-policy-identical-chars', 'The password may not hold the same character three times in a row.');
  }
  if (policy.dictionary.includes(password.toLowerCase())) {
    report('password-common', 'The password is too common.');
  }
  if (policy.refusesPersonalInformation && userData.some((part) => isPersonal(password, part))) {
    report('password-contains-user-information', 'The password may not hold your name or e-mail address.');
  }
  return problems;
}

/**
 * The policy in words, one line for each rule. The sign-up page shows it before the user types a password.
 *
 * @example
 * passwordRules(passwordPolicyOf(connection)); // ['At least 8 characters', 'At least 3 of: …']
 */
export function passwordRules(policy: PasswordPolicy): string[] {
  const rules = [`At least ${characters(policy.minimumLength)}`];
  if (policy.characters === 'all') rules.push('Lower case letters, upper case letters and numbers');
  if (policy.characters === 'three') {
    rules.push('At least 3 of: lower case letters, upper case letters, numbers, special characters');
  }
  if (policy.refusesRepetition) rules.push('No more than 2 identical characters in a row');
  return rules;
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

/** Whether the password contains the part. Parts of one or two letters do not count: they occur by chance. */
function isPersonal(password: string, part: string): boolean {
  return part.length >= 3 && password.toLowerCase().includes(part.toLowerCase());
}
