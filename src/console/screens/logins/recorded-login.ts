import type { ExecutionDocument } from '../logs/action-run.ts';
import { refusalOfAddress } from '../logs/refusal-of-address.ts';

type JsonValue = string | number | boolean | null | JsonValue[] | { [member: string]: JsonValue | undefined };
type Claims = Readonly<Record<string, JsonValue>>;
type LoginMethods = readonly { readonly name: string; readonly timestamp: string; readonly type?: string }[];

/** A login as this tenant serves it to its console. A test compares the type with the tenant's record. */
export interface RecordedLogin {
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
  readonly methods: LoginMethods;
  readonly session?: {
    readonly id: string;
    readonly createdAt: string;
    readonly authenticatedAt: string;
    /** Whether the user signed in for this login. Absent from logins that an earlier version recorded. */
    readonly signedIn?: boolean;
  };
  readonly passes: readonly {
    readonly at: string;
    readonly ms: number;
    readonly outcome: 'continue' | 'deny' | 'error' | 'redirect' | 'factors' | 'refused';
    readonly note?: string;
    readonly executions: readonly string[];
    readonly methods?: LoginMethods;
  }[];
  /** The rest of what a replay needs. Absent from logins that an earlier version recorded. */
  readonly circumstances?: {
    readonly request: {
      readonly ip: string;
      readonly method: string;
      readonly hostname: string;
      readonly query: Readonly<Record<string, string>>;
      readonly userAgent?: string;
      readonly language?: string;
    };
    readonly responseType: readonly string[];
    readonly responseMode?: string;
    readonly acrValues: readonly string[];
    readonly uiLocales: readonly string[];
    readonly locale: string;
    readonly loginHint?: string;
    readonly organization?: string;
    readonly customDomain?: string;
  };
  readonly claimsBefore: Claims;
  readonly effects?: {
    readonly idToken: Claims;
    readonly accessToken: Claims;
    readonly addedScopes: readonly string[];
    readonly removedScopes: readonly string[];
  };
}

export interface WholeLogin extends RecordedLogin {
  readonly executions: readonly ExecutionDocument[];
  readonly logs: readonly {
    readonly log_id: string;
    readonly date: string;
    readonly type: string;
    readonly description: string;
    readonly client_name?: string;
  }[];
}

/** The login that the Actions would make of a recorded one now, or why that cannot be known. */
export type Replay =
  | { readonly login: WholeLogin; readonly drafts: readonly string[] }
  | { readonly impossible: string };

/** A page of logins, latest first, with the positions of the pages before and after it. */
export interface LoginList {
  readonly logins: readonly RecordedLogin[];
  readonly earlier?: number;
  readonly later?: number;
}

/** Why the policy refused a login, if it did: its Action signs the user out and leads to the landing page. */
export function refusalOf(pass: RecordedLogin['passes'][number] | undefined): string | undefined {
  return pass?.outcome === 'redirect' ? refusalOfAddress(pass.note) : undefined;
}

/** The outcome of a login, in a word or two. */
export function outcomeOf(login: RecordedLogin): { readonly text: string; readonly look: 'good' | 'warning' | 'bad' } {
  const last = login.passes.at(-1);
  const refusal = refusalOf(last);
  if (refusal !== undefined) return { text: `refused: ${refusal}`, look: 'bad' };
  switch (last?.outcome) {
    case 'continue':
      return { text: 'let in', look: 'good' };
    case 'deny':
      return { text: last.note ? `refused: ${last.note}` : 'refused', look: 'bad' };
    case 'refused':
      return { text: 'refused by the tenant', look: 'bad' };
    case 'redirect':
      return { text: 'waits after a redirect', look: 'warning' };
    case 'factors':
      return { text: 'waits for a factor', look: 'warning' };
    default:
      return { text: 'failed', look: 'bad' };
  }
}

const protocols: Readonly<Record<string, string>> = {
  'oidc-basic-profile': 'by authorization code',
  'oidc-implicit-profile': 'by the implicit flow',
  'oidc-hybrid-profile': 'by the hybrid flow',
  'oauth2-password': 'by a password grant',
  'oauth2-refresh-token': 'by a refresh token',
};

/**
 * @example
 * nameOfProtocol('oauth2-password') // 'by a password grant'
 */
export function nameOfProtocol(protocol: string): string {
  return protocols[protocol] ?? protocol;
}
