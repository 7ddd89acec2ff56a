import type { FactorRequest, MultifactorRequest } from '../../factors/factor-requests.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { RefreshTokenChanges, SessionChanges } from './session-changes.ts';

/** The protocols of `event.transaction.protocol` that this tenant speaks. */
export type LoginProtocol =
  | 'oidc-basic-profile'
  | 'oidc-implicit-profile'
  | 'oidc-hybrid-profile'
  | 'oauth2-password'
  | 'oauth2-refresh-token'
  | 'oauth2-device-code';

/** The HTTP request of a login, for `event.request`. */
export interface LoginRequest {
  readonly ip: string;
  readonly method: string;
  /** With the port unless it is the scheme's default. */
  readonly hostname: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
  readonly userAgent?: string;
  readonly language?: string;
}

/** A login as the authentication side knows it, just before its Actions run. */
export interface LoginTransaction {
  readonly id: string;
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection: ConnectionRecord;
  /** The organization of the login, if it has one. */
  readonly organization?: OrganizationRecord;
  readonly request: LoginRequest;
  readonly protocol: LoginProtocol;
  readonly requestedScopes: readonly string[];
  readonly redirectUri?: string;
  readonly responseType: readonly string[];
  readonly responseMode?: string;
  readonly prompt: readonly string[];
  readonly state?: string;
  readonly acrValues: readonly string[];
  readonly uiLocales: readonly string[];
  readonly loginHint?: string;
  readonly locale: string;
  /** Identifier of the API that the access token is for. */
  readonly resourceServer?: string;
  /** How and when (ISO 8601) the user authenticated. */
  readonly authenticationMethods: readonly {
    readonly name: string;
    readonly timestamp: string;
    /** The factor, if the name is `mfa`. */
    readonly type?: string;
  }[];
  /** Absent if there is no browser session: password and refresh grants may have none. */
  readonly session?: {
    readonly id: string;
    readonly createdAt: string;
    readonly authenticatedAt: string;
    /** Whether the user signed in for this login. Otherwise an earlier login of the session did. */
    readonly signedIn?: boolean;
  };
  readonly refreshToken?: { readonly id: string; readonly createdAt: string; readonly expiresAt?: string };
  /** The domain that the user is on, unless it is the tenant's first. */
  readonly customDomain?: string;
}

/** The effects of the Actions on the login, after the tenant's rules about claims. */
export interface LoginEffects {
  readonly idTokenClaims: Readonly<Record<string, JsonValue>>;
  readonly accessTokenClaims: Readonly<Record<string, JsonValue>>;
  readonly addedScopes: readonly string[];
  readonly removedScopes: readonly string[];
  readonly transactionMetadata: JsonObject;
  /** The changes of the session that are applied already, without those of its cookie. */
  readonly session?: SessionChanges;
  /** The changes of a refresh token. An exchanged one has them already; a login applies them to the one that it issues. */
  readonly refreshToken?: RefreshTokenChanges;
  readonly recordedMethods?: LoginTransaction['authenticationMethods'];
  /** User to continue as. The current user must be one of their identities. */
  readonly primaryUser?: string;
}

/** How a run of the trigger's Actions ended. `executions` are the ids to name in the tenant's log. */
export type PostLoginOutcome =
  | { readonly kind: 'continue'; readonly effects: LoginEffects; readonly executions: readonly string[] }
  /** An Action called `api.access.deny`. */
  | { readonly kind: 'deny'; readonly reason: string; readonly executions: readonly string[] }
  /** An Action threw, ran too long or died: Auth0 fails the login with `access_denied`. */
  | {
      readonly kind: 'error';
      readonly errorClass: 'action_error' | 'action_timeout' | 'platform_error' | 'rate_limited';
      readonly message: string;
      readonly executions: readonly string[];
    }
  /** An Action called `api.redirect.sendUserTo`. The URL lacks `state`; the caller appends it. */
  | {
      readonly kind: 'redirect';
      readonly url: string;
      /** To be stored with the pending login and passed to `resume`. */
      readonly suspended: SuspendedPipeline;
      readonly executions: readonly string[];
    }
  /** The user has to pass further factors: by `api.authentication` or `api.multifactor`. */
  | {
      readonly kind: 'factors';
      /** In order; each has to be passed. */
      readonly asked: readonly FactorRequest[];
      /** To be stored with the pending login and passed to `resume` when they are passed. */
      readonly suspended: SuspendedPipeline;
      readonly executions: readonly string[];
    };

/** The point at which a pipeline stopped for a redirect, or for further factors. Plain JSON. */
export interface SuspendedPipeline {
  readonly executionId: string;
  /** The Action that redirected, if one did, then those that have not run yet, by version. */
  readonly remaining: readonly { readonly bindingId: string; readonly actionId: string; readonly versionId: string }[];
  readonly effects: LoginEffects;
  readonly userMetadata: JsonObject;
  readonly appMetadata: JsonObject;
  /** Whether it stopped for factors: the Action that requested them does not run again. */
  readonly forFactors?: true;
  /** The factors that are requested at the end. */
  readonly multifactor?: MultifactorRequest;
  /** Whether it is said which factors the login needs: by an Action, or by the tenant's policy. */
  readonly definesFactors?: boolean;
}

/** The post-login trigger of a tenant. */
export interface PostLoginTrigger {
  /** Runs every bound Action in order. Never rejects: every error is an outcome. */
  run(transaction: LoginTransaction): Promise<PostLoginOutcome>;
  /**
   * Continues after a redirect, with `onContinuePostLogin` of the Action that redirected; after factors, with the next Action.
   * Never rejects.
   */
  resume(transaction: LoginTransaction, suspended: SuspendedPipeline): Promise<PostLoginOutcome>;
  /** Records a login that the tenant itself refuses: before the Actions run, or regardless of them. */
  refused?(transaction: LoginTransaction, reason: string): void;
}
