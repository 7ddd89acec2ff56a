import type { DecisionTable } from '../generator/decision-table.ts';
import type { AuthorizationScheme } from './authorization-scheme.ts';
import type { RealPages } from './local-address.ts';
import type { SchemeAttributes } from './scheme-attributes.ts';
import type { StandInEvent } from './stand-in-event.ts';

/** Limits in number and time, so that neither a loop nor a silent provider can exhaust the stand-in. */
export interface StandInLimits {
  readonly sessions: number;
  readonly sessionIdleMs: number;
  readonly sessionLifetimeMs: number;
  /** The time that a user may take to sign in. */
  readonly signInMs: number;
  /** The time that all requests of one step to the provider may take together. */
  readonly providerMs: number;
}

export interface StandInApplication {
  readonly id: number;
  readonly workspace: string;
  readonly alias: string;
  readonly name: string;
}

export interface StandInOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The name that browsers use, and that the server listens on. Default `localhost`. */
  readonly host?: string;
  /** `https://…`, or `http://` on a loopback address. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly application: StandInApplication;
  /** The claim that carries the role names. */
  readonly claim: string;
  /** The beginning of the names of organisation roles; empty if there are none. */
  readonly organizationPrefix: string;
  /** Sentences for refused users, by the name of the policy's rule that refuses. */
  readonly ruleSentences?: Readonly<Record<string, string>>;
  readonly defaultRole?: string;
  /** Organisation roles that get an authorization scheme of their own, regardless of the user. */
  readonly organizationRoles?: readonly string[];
  /** Authorization schemes; absent: derived from the default role and the organisation roles. */
  readonly authorizationSchemes?: readonly AuthorizationScheme[];
  /** Alias of the public page that refused users end on. Default `refused`. */
  readonly landingPage?: string;
  /** A certificate in PEM to trust in addition to the usual ones, for HTTPS requests to the issuer. */
  readonly ca?: string;
  /**
   * The gate in the post-authentication procedure. `action`: refuses users without the list of roles that the Action
   * sends. A decision table: decides by itself. Absent: lets every user in, as an application without a gate.
   */
  readonly gate?: 'action' | DecisionTable;
  /** The real pages in a scheme that was made for them: the stand-in's own replace them, and its tenant the real tenant. */
  readonly realPages?: RealPages;
  /** Check once, with the first sign-in, whether the provider accepts the callback; leaves a failed login in its log. */
  readonly checksCallback?: boolean;
  readonly attributes?: Partial<SchemeAttributes>;
  readonly limits?: Partial<StandInLimits>;
  readonly onEvent?: (event: StandInEvent) => void;
  /** Milliseconds since 1970; for tests that move the clock instead of waiting. */
  readonly clock?: () => number;
}
