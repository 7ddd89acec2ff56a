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

/** The HTTP request that a login is at: what `event.request` shows. */
export interface LoginRequest {
  readonly ip: string;
  readonly method: string;
  /** With the port where it is not the scheme's own. */
  readonly hostname: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
  readonly userAgent?: string;
  readonly language?: string;
}

/** A login as the authentication side knows it, at the moment when the Actions are due. */
export interface LoginTransaction {
  readonly id: string;
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection: ConnectionRecord;
  /** The organization that the login is for, where it is for one. */
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
  /** How and when (ISO 8601) the person proved who they are. */
  readonly authenticationMethods: readonly {
    readonly name: string;
    readonly timestamp: string;
    /** The factor, where the name is `mfa`. */
    readonly type?: string;
  }[];
  /** Absent where there is no browser session: password and refresh grants may have none. */
  readonly session?: { readonly id: string; readonly createdAt: string; readonly authenticatedAt: string };
  readonly refreshToken?: { readonly id: string; readonly createdAt: string; readonly expiresAt?: string };
  /** The domain that the person is on, where it is not the tenant's first. */
  readonly customDomain?: string;
}

/** What the Actions want done to the login, after the tenant's rules about claims. */
export interface LoginEffects {
  readonly idTokenClaims: Readonly<Record<string, JsonValue>>;
  readonly accessTokenClaims: Readonly<Record<string, JsonValue>>;
  readonly addedScopes: readonly string[];
  readonly removedScopes: readonly string[];
  readonly transactionMetadata: JsonObject;
  /** What is done to the session already but for its cookie. */
  readonly session?: SessionChanges;
  /** What is done to the token that is exchanged already; a login does it to the one that it issues. */
  readonly refreshToken?: RefreshTokenChanges;
  readonly recordedMethods?: LoginTransaction['authenticationMethods'];
  /** Whose the login is instead: somebody that who signed in is an identity of. */
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
      /** To be kept with the pending login and handed to `resume`. */
      readonly suspended: SuspendedPipeline;
      readonly executions: readonly string[];
    }
  /** The person is to be asked for more than what they have proven: by `api.authentication` or `api.multifactor`. */
  | {
      readonly kind: 'factors';
      /** In order; each has to be met. */
      readonly asked: readonly FactorRequest[];
      /** To be kept with the pending login and handed to `resume` once they are met. */
      readonly suspended: SuspendedPipeline;
      readonly executions: readonly string[];
    };

/** Where a pipeline stopped for a redirect, or for the person to prove more. Plain JSON. */
export interface SuspendedPipeline {
  readonly executionId: string;
  /** The Action that redirected, if one did, then those that are still to run, by version. */
  readonly remaining: readonly { readonly bindingId: string; readonly actionId: string; readonly versionId: string }[];
  readonly effects: LoginEffects;
  readonly userMetadata: JsonObject;
  readonly appMetadata: JsonObject;
  /** Whether it stopped for factors: the Action that asked for them does not run again. */
  readonly forFactors?: true;
  /** What is asked for at the end. */
  readonly multifactor?: MultifactorRequest;
}

/** The post-login trigger of a tenant. */
export interface PostLoginTrigger {
  /** Runs every bound Action in order. Never rejects: whatever goes wrong is an outcome. */
  run(transaction: LoginTransaction): Promise<PostLoginOutcome>;
  /**
   * Goes on after a redirect, with `onContinuePostLogin` of the Action that redirected; after factors, with the next Action.
   * Never rejects.
   */
  resume(transaction: LoginTransaction, suspended: SuspendedPipeline): Promise<PostLoginOutcome>;
  /** Told of a login that the tenant itself refuses: before the Actions' turn, or in spite of what they said. */
  refused?(transaction: LoginTransaction, reason: string): void;
}
