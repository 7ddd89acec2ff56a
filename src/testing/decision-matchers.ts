import type { SignIn } from './test-sign-in.ts';

/** The result of a matcher of `expect`. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/**
 * Matchers for logins, for `expect.extend` of Vitest, Playwright and Jest. `portcullis/vitest` and `portcullis/playwright` have them
 * already.
 *
 * @example
 * expect.extend(decisionMatchers);
 * expect(una).toBeAdmitted(['APEX User']);
 * expect(bob).toBeRefused('unverified_email');
 */
export const decisionMatchers = {
  /** The user reached the application; with these roles in the policy's claim, if they are named. */
  toBeAdmitted(login: SignIn, roles?: readonly string[]): MatcherResult {
    if (login.denied !== undefined) {
      const { error, description, reason } = login.denied;
      const why = reason === undefined ? error : `${error} (${reason})`;
      return {
        pass: false,
        message: () => `expected the user to be let in, and the login was refused: ${why}. ${description}`,
      };
    }
    const claims = rolesIn(login);
    const pass = roles === undefined || claims.some((held) => isSame(held, roles));
    const found =
      claims.length === 0 ? 'no claim with roles' : claims.map((held) => JSON.stringify(held)).join(' and ');
    return {
      pass,
      message: () =>
        `expected the user ${pass ? 'not ' : ''}to be let in with ${JSON.stringify(roles ?? 'any role')}, found ${found}`,
    };
  },
  /** The user did not reach the application; for this reason of the policy, or with this error, if it is named. */
  toBeRefused(login: SignIn, reason?: string): MatcherResult {
    const { denied } = login;
    if (denied === undefined)
      return { pass: false, message: () => 'expected the user to be refused, and they were let in' };
    const pass = reason === undefined || denied.reason === reason || denied.error === reason;
    const found = [denied.reason, denied.error, denied.description].filter((text) => text !== undefined).join(', ');
    return {
      pass,
      message: () =>
        `expected the user ${pass ? 'not ' : ''}to be refused with ${reason ?? 'any reason'}, found ${found}`,
    };
  },
};

/** Claims of the ID token that are lists of texts, such as the policy's claim. */
function rolesIn({ claims }: SignIn): string[][] {
  return Object.entries(claims)
    .filter(([name]) => name.includes('://'))
    .flatMap(([, value]) => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? [value] : []));
}

function isSame(held: readonly string[], expected: readonly string[]): boolean {
  return held.length === expected.length && expected.every((role) => held.includes(role));
}
