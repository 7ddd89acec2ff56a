import { Problem } from '../../../problem/problem.ts';
import type { MultifactorRequest } from '../../factors/factor-requests.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ExecutionResult } from '../../store/records/actions/execution-repository.ts';
import type { ActionEffects } from '../sandbox/protocol.ts';
import { CLAIMS_LIMIT, claimsSize, droppedClaimReason } from './claims.ts';
import type { LoginEffects, LoginTransaction, SuspendedPipeline } from './login-transaction.ts';
import type { RefreshTokenChanges, SessionChanges } from './session-changes.ts';

type DroppedClaims = ExecutionResult['dropped_claims'];

/** The effects of the Actions of one login so far, in Auth0's order: a later Action overrides an earlier one. */
export class PipelineState {
  readonly #idTokenClaims: Map<string, JsonValue>;
  readonly #accessTokenClaims: Map<string, JsonValue>;
  readonly #added: Set<string>;
  readonly #removed: Set<string>;
  readonly #userMetadata: Map<string, JsonValue | undefined>;
  readonly #appMetadata: Map<string, JsonValue | undefined>;
  readonly #ownApi: boolean;
  #transactionMetadata: JsonObject;
  #multifactor: MultifactorRequest | undefined;
  #definesFactors: boolean;
  #session: SessionChanges | undefined;
  #refreshToken: RefreshTokenChanges | undefined;
  #primaryUser: string | undefined;
  #targetScopes: readonly string[] | undefined;
  #recordedMethods: LoginTransaction['authenticationMethods'];

  /**
   * @param ownApi whether the access token is for an API of Auth0's own
   * @param suspended the effects of earlier Actions before a redirect
   */
  constructor(ownApi: boolean, suspended?: SuspendedPipeline) {
    const effects = suspended?.effects;
    this.#ownApi = ownApi;
    this.#idTokenClaims = new Map(Object.entries(effects?.idTokenClaims ?? {}));
    this.#accessTokenClaims = new Map(Object.entries(effects?.accessTokenClaims ?? {}));
    this.#added = new Set(effects?.addedScopes);
    this.#removed = new Set(effects?.removedScopes);
    this.#userMetadata = new Map(Object.entries(suspended?.userMetadata ?? {}));
    this.#appMetadata = new Map(Object.entries(suspended?.appMetadata ?? {}));
    this.#transactionMetadata = effects?.transactionMetadata ?? {};
    this.#multifactor = suspended?.multifactor;
    this.#definesFactors = suspended?.definesFactors === true;
    this.#session = effects?.session;
    this.#refreshToken = effects?.refreshToken;
    this.#recordedMethods = effects?.recordedMethods ?? [];
    this.#primaryUser = effects?.primaryUser;
  }

  /** The factors that are requested at the end. */
  get multifactor(): MultifactorRequest | undefined {
    return this.#multifactor;
  }

  /** Whether an Action has said which factors the login needs, if any: the tenant's own policy does not apply then. */
  get definesFactors(): boolean {
    return this.#definesFactors;
  }

  get session(): SessionChanges | undefined {
    return this.#session;
  }

  get refreshToken(): RefreshTokenChanges | undefined {
    return this.#refreshToken;
  }

  /** The user that the login continues as. */
  get primaryUser(): string | undefined {
    return this.#primaryUser;
  }

  /** The scopes of a client credentials token, if Actions changed them. */
  get targetScopes(): readonly string[] | undefined {
    return this.#targetScopes;
  }

  /** Authentication methods that Actions recorded. */
  get recordedMethods(): LoginTransaction['authenticationMethods'] {
    return this.#recordedMethods;
  }

  get transactionMetadata(): JsonObject {
    return this.#transactionMetadata;
  }

  get userMetadata(): JsonObject {
    return Object.fromEntries(this.#userMetadata);
  }

  get appMetadata(): JsonObject {
    return Object.fromEntries(this.#appMetadata);
  }

  get effects(): LoginEffects {
    return {
      idTokenClaims: Object.fromEntries(this.#idTokenClaims),
      accessTokenClaims: Object.fromEntries(this.#accessTokenClaims),
      addedScopes: [...this.#added],
      removedScopes: [...this.#removed],
      transactionMetadata: this.#transactionMetadata,
      ...(this.#session && { session: this.#session }),
      ...(this.#refreshToken && { refreshToken: this.#refreshToken }),
      ...(this.#primaryUser !== undefined && { primaryUser: this.#primaryUser }),
      ...(this.#recordedMethods.length > 0 && { recordedMethods: this.#recordedMethods }),
    };
  }

  /**
   * Applies the effects of one Action and returns the claims that the tenant silently drops.
   *
   * @throws {Problem} `claims_too_large`
   */
  apply(effects: ActionEffects): DroppedClaims {
    const dropped = [
      ...this.#setClaims('id_token', this.#idTokenClaims, effects.idTokenClaims),
      ...this.#setClaims('access_token', this.#accessTokenClaims, effects.accessTokenClaims),
    ];
    for (const [change, scope] of effects.scopes) {
      const [into, outOf] = change === 'add' ? [this.#added, this.#removed] : [this.#removed, this.#added];
      outOf.delete(scope);
      into.add(scope);
    }
    // Changes of a user that an Action replaces by another are lost, as on Auth0 ("Actions Limitations").
    const lasting = effects.primaryUser === undefined ? effects.userMetadata : [];
    for (const [name, value] of lasting) this.#userMetadata.set(name, value);
    for (const [name, value] of effects.appMetadata) this.#appMetadata.set(name, value);
    this.#definesFactors ||= effects.multifactor !== undefined || effects.factors.length > 0;
    if (effects.multifactor !== undefined) {
      this.#multifactor = effects.multifactor === 'none' ? undefined : effects.multifactor;
    }
    if (effects.session !== undefined) this.#session = { ...this.#session, ...effects.session };
    if (effects.refreshToken !== undefined) this.#refreshToken = { ...this.#refreshToken, ...effects.refreshToken };
    // The first denial counts, even if an Action manipulated its own process.
    this.#primaryUser ??= effects.primaryUser;
    this.#recordedMethods = [...this.#recordedMethods, ...effects.recordedMethods];
    if (effects.transactionMetadata !== undefined) this.#transactionMetadata = effects.transactionMetadata;
    this.#targetScopes = effects.targetScopes ?? this.#targetScopes;
    return dropped;
  }

  #setClaims(
    token: 'id_token' | 'access_token',
    claims: Map<string, JsonValue>,
    changes: ActionEffects['idTokenClaims'],
  ): DroppedClaims {
    const dropped: DroppedClaims = [];
    for (const [claim, value, change] of changes) {
      const reason = droppedClaimReason(claim, { token, isSystemApi: this.#ownApi });
      if (reason !== undefined) dropped.push({ token, claim, reason });
      else if (change === 'set') claims.set(claim, value);
      else claims.delete(claim);
    }
    if (changes.length > 0 && claimsSize(claims) > CLAIMS_LIMIT) {
      throw new Problem('claims_too_large', `The custom claims of a token must not exceed ${CLAIMS_LIMIT / 1024} KB.`);
    }
    return dropped;
  }
}
