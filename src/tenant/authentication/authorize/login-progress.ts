import { randomBytes } from 'node:crypto';
import type { RefreshToken } from 'oidc-provider';
import type { PostLoginOutcome, PostLoginTrigger } from '../../actions/run/login-transaction.ts';
import type { SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import type { RequestInfo } from '../http/request-info.ts';
import type { OidcContext } from '../http/web-context.ts';
import type { FactorStatus } from '../multifactor/factor-status.ts';
import type { LoginGrants } from '../tokens/login-grants.ts';
import type { Invitation } from './organizations/invitation.ts';
import type { PassedFactor, SuspendedLogin, Suspension } from './suspended-login.ts';

/** How a login reaches the tenant: each kind is a column of the table in `login-pipeline.ts`. */
export type LoginKind = 'browser' | 'silent' | 'password' | 'refresh' | 'machine';

/** The parts of the tenant that the steps of a login use. */
export interface LoginTenant {
  readonly store: Store;
  readonly log: TenantLog;
  readonly trigger: PostLoginTrigger;
  readonly sideTriggers?: SideTriggers | undefined;
  readonly grants: LoginGrants;
  /** The domain, with its trailing slash. */
  readonly issuer: string;
  readonly customDomain?: string | undefined;
}

/**
 * Everything that is known about a login. It is handed from step to step, and the tenant log's entry is written from it when
 * the request is answered. A request that is no login has one too, with little in it.
 */
export interface LoginProgress {
  readonly tenant: LoginTenant;
  readonly ctx: OidcContext;
  readonly request: RequestInfo;
  readonly startedAt: number;
  kind?: LoginKind;

  client?: ClientRecord;
  user?: UserRecord;
  connection?: ConnectionRecord;
  organization?: OrganizationRecord | undefined;
  /** The invitation to the organization that the user follows. */
  invitation?: Invitation | undefined;
  /** The id of the organization that an earlier login was for, even if the organization no longer exists. */
  organizationId?: string | undefined;
  /** The API that the access token is for, and the library's indicator of it. */
  api?: ResourceServerRecord | undefined;
  indicator?: string | undefined;
  /** The browser's session. */
  session?: NonNullable<OidcContext['oidc']['session']>;
  sessionId?: string;
  /** The refresh token that is exchanged. */
  refreshToken?: RefreshToken;
  /** The time of the password check of a login without a session, in seconds since 1970. */
  authTime?: number;

  /** Set when the login is known well enough to show it to Actions. From then on, a refusal is reported to the trigger. */
  transactionId?: string;
  requestedScopes: readonly string[];
  /** The scopes that the application may have for this user. */
  scopes: readonly string[];
  /** The state of a login that was suspended before, if this request continues it. */
  continues?: SuspendedLogin;
  /** The `mfa_token` that continues a password login, and the code that was sent with it. */
  code?: {
    readonly token: string;
    readonly factor: 'otp' | 'recovery-code';
    readonly value: string;
    readonly wrong: string;
  };
  /** The number of factor requests that are met. */
  met: number;
  /** Factors that the user passed in this login. */
  passed: readonly PassedFactor[];
  /** The outcome of the Actions, and how far the user has met the factors that they request. */
  outcome?: PostLoginOutcome;
  factors?: FactorStatus;
  /** Claims and scopes that the Actions of a client credentials exchange set. */
  exchange?: { readonly claims: JsonObject; readonly targetScopes?: readonly string[] };
  /** Ids of the executions of Actions that took part. */
  executions: readonly string[];

  /** The suspension, if the login cannot be completed within this request. */
  suspension?: Suspension;
  /** Whether every step has let the login pass. Nothing is issued otherwise. */
  passedAll: boolean;
  audience?: string;
  scope?: string;
  /** How it failed, if it did. */
  failure?: Error;
  /** Whether an authorization or a grant was given. */
  succeeded: boolean;
  /** Whether another function has already written the log entry. */
  logged: boolean;
}

/** A login whose user is known. */
export type UserLogin = LoginProgress &
  Required<Pick<LoginProgress, 'kind' | 'client' | 'user' | 'connection' | 'transactionId'>>;

/** A login at its beginning. */
export function newLogin(tenant: LoginTenant, ctx: OidcContext, request: RequestInfo): LoginProgress {
  return {
    tenant,
    ctx,
    request,
    startedAt: Date.now(),
    requestedScopes: [],
    scopes: [],
    met: 0,
    passed: [],
    executions: [],
    passedAll: false,
    succeeded: false,
    logged: false,
  };
}

/**
 * The login with the members that the first steps find out.
 *
 * @throws Error if a step runs before those that resolve its login: the table is wrong then.
 */
export function userLogin(login: Readonly<LoginProgress>): Readonly<UserLogin> {
  for (const member of ['kind', 'client', 'user', 'connection', 'transactionId'] as const) {
    if (login[member] === undefined) throw new Error(`No step before this one resolves the login's ${member}.`);
  }
  return login as UserLogin;
}

export function newTransactionId(): string {
  return randomBytes(18).toString('base64url');
}

/** The login that the request belongs to. Every request has one from the moment when it is read. */
export function loginProgress(ctx: { readonly state: object }): LoginProgress {
  const { login } = ctx.state as { readonly login?: LoginProgress };
  if (login === undefined) throw new Error('The request was not read: see http/read-request.ts.');
  return login;
}

/** The facts of the request that is being answered. */
export function requestInfo(ctx: { readonly state: object }): RequestInfo {
  return loginProgress(ctx).request;
}
