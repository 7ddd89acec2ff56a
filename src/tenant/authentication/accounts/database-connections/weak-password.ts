import type { FormProblem } from '../../universal-login/forms/form-problem.ts';
import type { PasswordPolicy } from '../password-policy.ts';

/** The reason why a password was refused, in the shape that Auth0 returns to applications at sign-up. */
export interface WeakPassword {
  readonly name: 'PasswordStrengthError' | 'PasswordDictionaryError' | 'PasswordNoUserInfoError';
  readonly message: string;
  readonly code: 'invalid_password';
  readonly description: string | { readonly rules: readonly Rule[]; readonly verified: boolean };
  /** The rules in words, if the password is too weak. */
  readonly policy?: string;
  readonly statusCode: 400;
}

interface Rule {
  readonly message: string;
  readonly format?: readonly (number | string)[];
  readonly code: string;
  readonly items?: readonly Rule[];
  readonly verified: boolean;
}

/**
 * Reports for each rule of the policy whether the password meets it.
 *
 * @param problems the problems that `passwordProblems` found, at least one.
 * @example
 * weakPassword('short', policy, passwordProblems('short', policy)).code; // 'invalid_password'
 * @see Auth0 docs: "Signup" (Authentication API), "Password Strength in Auth0 Database Connections".
 */
export function weakPassword(password: string, policy: PasswordPolicy, problems: readonly FormProblem[]): WeakPassword {
  const codes = problems.map((problem) => problem.code);
  const answer = { code: 'invalid_password', statusCode: 400 } as const;
  const strengthProblems = codes.filter(
    (code) => !['password-common', 'password-contains-user-information'].includes(code),
  );
  if (strengthProblems.length > 0) {
    const rules = rulesOf(password, policy, codes);
    return {
      name: 'PasswordStrengthError',
      message: 'Password is too weak',
      ...answer,
      description: { rules, verified: false },
      policy: rules.map((rule) => inWords(rule)).join('\n'),
    };
  }
  if (codes.includes('password-common')) {
    return {
      name: 'PasswordDictionaryError',
      message: 'Password is too common',
      ...answer,
      description: 'Password is not allowed, it might be too common.',
    };
  }
  return {
    name: 'PasswordNoUserInfoError',
    message: 'Password contains user information',
    ...answer,
    description: 'Password is not allowed, it contains information of the user.',
  };
}

function rulesOf(password: string, policy: PasswordPolicy, broken: readonly string[]): Rule[] {
  const rules: Rule[] = [
    {
      message: 'At least %d characters in length',
      format: [policy.minimumLength],
      code: 'lengthAtLeast',
      verified: !broken.includes('password-policy-length-at-least'),
    },
  ];
  const types = [
    { message: 'lower case letters (a-z)', code: 'lowerCase', verified: /\p{Ll}/u.test(password) },
    { message: 'upper case letters (A-Z)', code: 'upperCase', verified: /\p{Lu}/u.test(password) },
    { message: 'numbers (i.e. 0-9)', code: 'numbers', verified: /\p{Nd}/u.test(password) },
  ];
  const verified = !broken.includes('password-policy-contains-at-least');
  if (policy.characters === 'all')
    rules.push({ message: 'Should contain:', code: 'shouldContain', items: types, verified });
  if (policy.characters === 'three') {
    const special = {
      message: 'special characters (e.g. !@#$%^&*)',
      code: 'specialCharacters',
      verified: /[^\p{L}\p{Nd}]/u.test(password),
    };
    rules.push({
      message: 'Contain at least %d of the following %d types of characters:',
      code: 'containsAtLeast',
      format: [3, 4],
      items: [...types, special],
      verified,
    });
  }
  if (policy.refusesRepetition) {
    rules.push({
      message: 'No more than %d identical characters in a row (e.g., "%s" not allowed)',
      code: 'identicalChars',
      format: [2, 'aaa'],
      verified: !broken.includes('password-policy-identical-chars'),
    });
  }
  if (broken.includes('password-policy-length-at-most')) {
    rules.push({ message: 'At most %d bytes in length', format: [72], code: 'lengthAtMost', verified: false });
  }
  if (broken.includes('password-invalid')) {
    rules.push({ message: 'No control characters', code: 'printable', verified: false });
  }
  return rules;
}

function inWords(rule: Rule, indentation = ''): string {
  const values = [...(rule.format ?? [])];
  const line = `${indentation}* ${rule.message.replace(/%[ds]/g, () => String(values.shift()))}`;
  return [line, ...(rule.items ?? []).map((item) => inWords(item, `${indentation} `))].join('\n');
}
