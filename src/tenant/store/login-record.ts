import type { JsonValue } from './records.ts';

type Claims = Readonly<Record<string, JsonValue>>;

/** One run of the Actions within a login, the first or one that took it up again; or the tenant's own refusal. */
export interface LoginPass {
  readonly at: string;
  readonly ms: number;
  readonly outcome: 'continue' | 'deny' | 'error' | 'redirect' | 'factors' | 'refused';
  /** Why, or where to. */
  readonly note?: string;
  readonly executions: readonly string[];
}

/** A login as it is told afterwards, in plain JSON: whose, to what, and what came of it. No secret, no token, no password. */
export interface LoginRecord {
  readonly id: string;
  readonly at: string;
  readonly application: { readonly id: string; readonly name: string };
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email?: string;
    readonly emailVerified: boolean;
  };
  readonly connection: string;
  readonly protocol: string;
  readonly prompt: readonly string[];
  readonly redirectUri?: string;
  readonly requestedScopes: readonly string[];
  readonly audience?: string;
  readonly methods: readonly { readonly name: string; readonly timestamp: string }[];
  readonly session?: { readonly id: string; readonly createdAt: string; readonly authenticatedAt: string };
  readonly passes: readonly LoginPass[];
  /** Claims of the ID token without any Action. */
  readonly claimsBefore: Claims;
  /** What the Actions put into the tokens; there once a login has gone through. */
  readonly effects?: {
    readonly idToken: Claims;
    readonly accessToken: Claims;
    readonly addedScopes: readonly string[];
    readonly removedScopes: readonly string[];
  };
}
