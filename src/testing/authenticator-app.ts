import { Problem } from '../problem/problem.ts';
import { oneTimePassword, stepOf } from '../tenant/factors/one-time-password.ts';

/** The authenticator apps of the users of one tenant. */
export interface AuthenticatorApps {
  /** Stores the secret of a user's app, in base 32. */
  enrol(user: string, secret: string): void;
  /**
   * The code that the app shows, if it has not been used; otherwise the next one, which a tenant accepts half a minute early.
   *
   * @throws {Problem} `sign_in_impossible` if the user has no app, or has used both codes
   */
  code(user: string): string;
  /** Returns a function that makes the apps what they are now. */
  save(): () => void;
}

/**
 * Creates the apps of a tenant's users.
 *
 * @example
 * const apps = createAuthenticatorApps();
 * apps.enrol('una@example.com', 'JBSWY3DPEHPK3PXP');
 * apps.code('una@example.com'); // '492039'
 */
export function createAuthenticatorApps(): AuthenticatorApps {
  let apps = new Map<string, { readonly secret: string; readonly used: number }>();
  return {
    enrol: (user, secret) => apps.set(user, { secret, used: 0 }),
    code(user) {
      const app = apps.get(user);
      if (app === undefined) {
        throw new Problem(
          'sign_in_impossible',
          'The tenant asks for a code of an authenticator app, and the user has none here.',
          'Give the user one, `users: [{ email, password, otp: SECRET }]`, or sign in with `otp: SECRET`.',
        );
      }
      const step = Math.max(stepOf(Date.now()), app.used + 1);
      if (step > stepOf(Date.now()) + 1) {
        throw new Problem(
          'sign_in_impossible',
          'A code can be used once, and this one and the next have been used.',
          'Move the clock on before the next login: await tenant.clock.advance({ seconds: 30 })',
        );
      }
      apps.set(user, { ...app, used: step });
      return oneTimePassword(app.secret, step);
    },
    save() {
      const saved = new Map(apps);
      return () => {
        apps = new Map(saved);
      };
    },
  };
}
