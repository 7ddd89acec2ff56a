import { describe, expect, it } from 'vitest';
import {
  passwordPolicyOf,
  passwordProblems,
  passwordRules,
} from '../../../src/tenant/authentication/accounts/password-policy.ts';

const policy = (options: Parameters<typeof passwordPolicyOf>[0]['options']) => passwordPolicyOf({ options });
const codes = (password: string, options = {}, person: string[] = []) =>
  passwordProblems(password, policy(options), person).map((problem) => problem.code);

const length = 'password-policy-length-at-least';
const types = 'password-policy-contains-at-least';

describe('a new password', () => {
  it.each([
    ['none', '', [length]],
    ['none', 'a', []],
    ['low', 'abcde', [length]],
    ['low', 'abcdef', []],
    ['fair', 'abcdefgh', [types]],
    ['fair', 'Abcdefg!', [types]],
    ['fair', 'Abcdefg1', []],
    ['good', 'Abcdef1', [length]],
    ['good', 'abcdefg1', [types]],
    ['good', 'abcdef1!', []],
    ['good', 'Ärger-über', []],
    ['excellent', 'Abcdefgh1', [length]],
    ['excellent', 'Abcdefggg1', ['password-policy-identical-chars']],
    ['excellent', 'Abcdefggh1', []],
  ])('meets the policy %s or does not: %j', (passwordPolicy, password, expected) => {
    expect(codes(password, { passwordPolicy })).toEqual(expected);
  });

  it('must meet the policy good if the database names none, or one that does not exist', () => {
    expect(codes('abcdefg1')).toEqual([types]);
    expect(codes('abcdefg1', { passwordPolicy: null })).toEqual([types]);
    expect(codes('abcdefg1', { passwordPolicy: 'whatever' })).toEqual([types]);
    expect(passwordProblems('abcdefg1').map((problem) => problem.code)).toEqual([types]);
  });

  it('counts characters rather than code units', () => {
    expect(codes('🔑🔑🔑🔑', { passwordPolicy: 'low' })).toEqual([length]);
  });

  it('must have the length that the database requires', () => {
    const options = { passwordPolicy: 'good', password_complexity_options: { min_length: 12 } };
    expect(codes('Abcdefgh1!', options)).toEqual([length]);
    expect(codes('Abcdefgh1!xy', options)).toEqual([]);
    expect(passwordRules(policy(options))[0]).toBe('At least 12 characters');
  });

  it('must not be longer than the part that is hashed', () => {
    expect(codes(`A1!${'é'.repeat(35)}`)).toEqual(['password-policy-length-at-most']);
  });

  it('must not contain control characters', () => {
    expect(codes('Abcdefg1\u0000')).toEqual(['password-invalid']);
  });

  it('must not be in the dictionary of the database', () => {
    const dictionary = ['Company-2026'];
    expect(codes('company-2026', { password_dictionary: { enable: true, dictionary } })).toEqual(['password-common']);
    expect(codes('company-2026', { password_dictionary: { enable: false, dictionary } })).toEqual([]);
  });

  it('must not contain the user’s data if the database refuses that', () => {
    const options = { password_no_personal_info: { enable: true } };
    expect(codes('xX-Lovelace-1', options, ['lovelace@example.com', 'lovelace'])).toEqual([
      'password-contains-user-information',
    ]);
    expect(codes('xX-Lovelace-1', {}, ['lovelace'])).toEqual([]);
    expect(codes('xX-Lovelace-1', options, ['al', ''])).toEqual([]);
  });
});
