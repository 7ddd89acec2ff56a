import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { executionsOf } from '../http/login-log.ts';
import type { RequestInfo } from '../http/request-info.ts';
import type { FormProblem } from '../universal-login/forms/form-problem.ts';
import { addressThrottle, THROTTLED, throttledLogEntry } from './attack-protection/address-throttle.ts';
import { type AuthenticationRequest, authenticationLogEntry } from './authentication-log-entry.ts';
import { isEmailAddress } from './email-address.ts';
import { sendVerificationMail } from './email-verification/verification-mail.ts';
import { enabledDatabase } from './enabled-connection.ts';
import { hashPassword } from './password-hash.ts';
import { passwordPolicyOf, passwordProblems } from './password-policy.ts';
import type { SignInDependencies } from './password-sign-in.ts';
import { profileDefaults } from './profile-defaults.ts';
import { afterSignUp, beforeSignUp, deniedSignUp, withMetadata } from './sign-up-actions.ts';

export interface SignUpRequest extends AuthenticationRequest {
  /** A database's name or realm. Without it, the first database that is enabled for the application. */
  readonly connection?: string;
  readonly email: string;
  readonly password: string;
  /** Required if the database has usernames. */
  readonly username?: string;
  /** The HTTP request, for Actions. Without it they see only the browser's address and the host name. */
  readonly facts?: RequestInfo;
  /** The login that the sign-up is part of, for Actions. */
  readonly transaction?: JsonObject;
  /** Further members of the profile. The caller has validated them. */
  readonly profile?: Pick<
    Partial<UserRecord>,
    'given_name' | 'family_name' | 'name' | 'nickname' | 'picture' | 'user_metadata'
  >;
}

export type SignUpProblem = FormProblem<'email' | 'username' | 'password'>;

export type SignUpResult =
  | { readonly ok: true; readonly user: UserRecord; readonly connection: ConnectionRecord }
  | { readonly ok: false; readonly problems: SignUpProblem[] };

/** The mistakes of a sign-up, beside those of its password. */
export const signUpProblems = {
  noDatabase: { field: 'form', code: 'no-connection', message: 'The application has no database to sign up in.' },
  disabled: { field: 'form', code: 'signup-disabled', message: 'Public sign-up is disabled.' },
  invalidEmail: { field: 'email', code: 'invalid-email-format', message: 'The e-mail address is not valid.' },
  invalidUsername: {
    field: 'username',
    code: 'username-invalid',
    message: "The username needs 1 to 15 letters, numbers or _ + - . ! # $ ' ^ ` ~",
  },
  userExists: { field: 'email', code: 'user-exists', message: 'The user already exists. Log in instead.' },
  usernameExists: { field: 'username', code: 'username-exists', message: 'The username is taken already.' },
} as const satisfies Readonly<Record<string, SignUpProblem>>;

const usernameFormat = /^[A-Za-z0-9_+\-.!#$'^`~]{1,15}$/;

/**
 * Creates a database user with a password, and writes the log entry (`ss`, `fs`). The new user's e-mail address is
 * **not** verified: typing an address does not prove ownership. An e-mail asks the user to verify it, as on Auth0.
 *
 * @returns the user, who can be signed in, or all problems of the request, each with its field.
 * @example
 * const result = await signUp({ store, log }, { client, email, password, ip, hostname });
 * if (!result.ok) return signUpPage({ ...view, problems: result.problems });
 * @see Auth0 docs: "Auth0 Database Connections", "Disable Signups for a Connection", "Log Event Type Codes".
 */
export async function signUp(deps: SignInDependencies, request: SignUpRequest): Promise<SignUpResult> {
  const { store, log } = deps;
  const email = request.email.trim().toLowerCase();
  const connection = enabledDatabase(store, request.client.client_id, request.connection);
  const refuse = (problems: SignUpProblem[], reason?: string, executions: readonly string[] = []): SignUpResult => {
    const description = reason ?? problems.map((problem) => problem.message).join(' ');
    const details = executions.length === 0 ? undefined : executionsOf(executions);
    log.write(authenticationLogEntry(request, { type: 'fs', description, connection, userName: email, details }));
    return { ok: false, problems };
  };

  if (connection === undefined) {
    return refuse([signUpProblems.noDatabase]);
  }
  const throttle = addressThrottle(store, request.ip, 'pre-user-registration');
  if (throttle.isThrottled()) {
    log.write(throttledLogEntry(request, connection, email));
    return { ok: false, problems: [{ ...THROTTLED, field: 'form' }] };
  }
  throttle.count();
  if (!allowsSignUp(connection)) {
    return refuse([signUpProblems.disabled]);
  }
  const username = asksForUsername(connection) ? (request.username ?? '').trim() : undefined;
  const problems = [...identifierProblems(email, username), ...passwordWeaknesses(connection, request, email)];
  if (problems.length > 0) return refuse(problems);

  const existing = existingProblem(store, connection, email, username);
  if (existing !== undefined) return refuse([existing]);
  const draft = {
    ...newDatabaseUser(connection, email, username, deps.now?.() ?? new Date()),
    ...request.profile,
  };
  const outcome = await beforeSignUp(deps.sideTriggers, request, connection, draft);
  if (outcome.kind === 'deny') return refuse([deniedSignUp(outcome.userMessage)], outcome.reason, outcome.executions);
  if (outcome.kind === 'error') return refuse([deniedSignUp(undefined)], undefined, outcome.executions);
  const user = withMetadata(draft, outcome);
  const hash = await hashPassword(request.password);
  // Another request may have taken the address while the password was being hashed.
  const conflict = store.transaction(() => {
    const problem = existingProblem(store, connection, email, username);
    if (problem !== undefined) return problem;
    store.users.insert(user, hash);
    if (deps.issuer !== undefined) {
      const { user_id: userId } = user;
      sendVerificationMail(store, deps.issuer, { userId, email, clientId: request.client.client_id });
    }
    return undefined;
  });
  if (conflict !== undefined) return refuse([conflict]);
  const details = { body: loggedSignUp(request, connection, user), ...executionsOf(outcome.executions) };
  log.write(authenticationLogEntry(request, { type: 'ss', description: 'Success Signup', connection, user, details }));
  afterSignUp(deps.sideTriggers, request, connection, user);
  return { ok: true, user, connection };
}

/** The request as the schema of `ss` has it, with the password masked. */
function loggedSignUp(request: SignUpRequest, connection: ConnectionRecord, user: UserRecord): JsonObject {
  return {
    client_id: request.client.client_id,
    connection: connection.name,
    ...(user.email !== undefined && { email: user.email }),
    ...(user.username !== undefined && { username: user.username }),
    user_id: user.user_id,
    password: '*****',
  };
}

/**
 * Whether users may sign up in the database.
 *
 * @example
 * loginPage({ ...view, signUpAllowed: allowsSignUp(connection) });
 * @see Auth0 docs: "Disable Signups for a Connection".
 */
export function allowsSignUp(connection: Pick<ConnectionRecord, 'options' | 'strategy'>): boolean {
  return connection.strategy === 'auth0' && connection.options.disable_signup !== true;
}

/** Whether the database's users have a username besides their e-mail address. */
export function asksForUsername(connection: Pick<ConnectionRecord, 'options'>): boolean {
  return connection.options.requires_username === true;
}

function identifierProblems(email: string, username: string | undefined): SignUpProblem[] {
  const problems: SignUpProblem[] = [];
  if (!isEmailAddress(email)) {
    problems.push(signUpProblems.invalidEmail);
  }
  if (username !== undefined && !usernameFormat.test(username)) {
    problems.push(signUpProblems.invalidUsername);
  }
  return problems;
}

function passwordWeaknesses(connection: ConnectionRecord, request: SignUpRequest, email: string): SignUpProblem[] {
  const { name = '', given_name = '', family_name = '', nickname = '' } = request.profile ?? {};
  const userData = [email, email.split('@')[0] ?? '', request.username ?? '', name, given_name, family_name, nickname];
  return passwordProblems(request.password, passwordPolicyOf(connection), userData);
}

function existingProblem(
  store: Store,
  connection: ConnectionRecord,
  email: string,
  username: string | undefined,
): SignUpProblem | undefined {
  if (store.users.findInConnection(connection.name, { email }) !== undefined) {
    return signUpProblems.userExists;
  }
  if (username !== undefined && store.users.findInConnection(connection.name, { username }) !== undefined) {
    return signUpProblems.usernameExists;
  }
  return undefined;
}

function newDatabaseUser(
  connection: ConnectionRecord,
  email: string,
  username: string | undefined,
  at: Date,
): UserRecord {
  const identity = randomBytes(12).toString('hex');
  return {
    user_id: `auth0|${identity}`,
    email,
    email_verified: false,
    ...(username !== undefined && { username }),
    ...profileDefaults(email),
    user_metadata: {},
    app_metadata: {},
    identities: [{ connection: connection.name, provider: 'auth0', user_id: identity, isSocial: false }],
    created_at: at.toISOString(),
    updated_at: at.toISOString(),
    logins_count: 0,
  };
}
