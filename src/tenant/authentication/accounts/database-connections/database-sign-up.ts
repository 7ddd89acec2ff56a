import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';
import { requestInfo } from '../../authorize/login-progress.ts';
import { authenticationRequest } from '../../authorize/open-login.ts';
import type { WebContext } from '../../http/web-context.ts';
import { THROTTLED } from '../attack-protection/address-throttle.ts';
import { longestPassword } from '../password-hash.ts';
import { passwordPolicyOf } from '../password-policy.ts';
import type { SignInDependencies } from '../password-sign-in.ts';
import { asksForUsername, type SignUpProblem, signUp } from '../sign-up.ts';
import { DENIED_BY_ACTION } from '../sign-up-actions.ts';
import { databaseRequest, oneValue } from './database-request.ts';
import { signupProfile } from './sign-up-profile.ts';
import { weakPassword } from './weak-password.ts';

/**
 * `POST /dbconnections/signup`: creates a database user. It does not sign the user in.
 *
 * @example
 * await answerSignUp({ store, log }, ctx);
 * @see Auth0 docs: "Signup" (Authentication API).
 */
export async function answerSignUp(deps: SignInDependencies, ctx: WebContext): Promise<void> {
  const { store } = deps;
  const request = databaseRequest(store, ctx, ['password']);
  if (request === undefined) return;
  const { client, connection, email } = request;
  const password = oneValue(ctx, 'password') ?? '';
  const username = oneValue(ctx, 'username');
  if (asksForUsername(connection) && username === undefined) return refuse(ctx, 'invalid_signup', 'missing username');
  if (password.length > longestPassword) return refuse(ctx, 'invalid_password', 'Password is too long');
  const profile = signupProfile(ctx);
  if (typeof profile === 'string') return refuse(ctx, 'invalid_signup', profile);

  const result = await signUp(deps, {
    ...authenticationRequest(ctx, client),
    facts: requestInfo(ctx),
    email,
    password,
    connection: connection.name,
    profile,
    ...(username === undefined ? {} : { username }),
  });
  if (result.ok) {
    ctx.status = 200;
    ctx.body = answerOf(result.user, Object.keys(profile));
    return;
  }
  const weaknesses = result.problems.filter((problem) => problem.field === 'password');
  const [other] = result.problems.filter((problem) => problem.field !== 'password');
  if (other?.code === THROTTLED.code) {
    ctx.status = 429;
    ctx.body = { error: 'too_many_attempts', error_description: other.message };
    return;
  }
  if (other !== undefined) return refuse(ctx, ...refusalOf(store, other));
  ctx.status = 400;
  ctx.body = weakPassword(password, passwordPolicyOf(connection), weaknesses);
}

/** The user's id without the provider, as Auth0's databases store it, and the requested members of the profile. */
function answerOf(user: UserRecord, requested: readonly string[]): Record<string, unknown> {
  const members = [...(user.username === undefined ? [] : ['username']), ...requested];
  return {
    _id: user.user_id.slice(user.user_id.indexOf('|') + 1),
    email_verified: user.email_verified,
    email: user.email,
    ...Object.fromEntries(members.map((name) => [name, user[name as keyof UserRecord]])),
  };
}

function refusalOf(store: Store, problem: SignUpProblem): [code: string, description: string] {
  switch (problem.code) {
    case 'user-exists':
      return reportsExistingUsers(store)
        ? ['user_exists', 'The user already exists.']
        : ['invalid_signup', 'Invalid sign up'];
    case 'username-exists':
      return reportsExistingUsers(store)
        ? ['username_exists', 'The username provided is in use already.']
        : ['invalid_signup', 'Invalid sign up'];
    case 'signup-disabled':
      return ['invalid_signup', 'public signup is disabled'];
    case DENIED_BY_ACTION:
      // This code lets applications distinguish a denial by an Action from a request that they could correct.
      return ['extensibility_error', problem.message];
    default:
      return ['invalid_signup', problem.message];
  }
}

/** Whether sign-ups may report that a user exists: a setting of the tenant, off on a new one. */
function reportsExistingUsers(store: Store): boolean {
  const settings = store.settings.get('tenant_settings');
  const flags = typeof settings === 'object' ? settings.flags : undefined;
  if (typeof flags !== 'object' || flags === null || Array.isArray(flags)) return false;
  return flags.enable_public_signup_user_exists_error === true;
}

function refuse(ctx: WebContext, code: string, description: string): void {
  ctx.status = 400;
  ctx.body = { name: 'BadRequestError', code, description, statusCode: 400 };
}
