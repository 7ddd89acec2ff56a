import type { DecisionRow } from '../generator/decision-table.ts';
import type { AuthorizationScheme } from './authorization-scheme.ts';
import type { StandInEvent } from './stand-in-event.ts';
import type { StandInKnobs } from './stand-in-knobs.ts';
import type { StandsFor } from './stands-for.ts';

/** Bounds in number and time, so that neither a loop nor a silent provider can use the stand-in up. */
export interface StandInLimits {
  readonly sessions: number;
  readonly sessionIdleMs: number;
  readonly sessionLifetimeMs: number;
  /** How long somebody may take to sign in. */
  readonly signInMs: number;
  /** How long the provider may take for all requests of one step together. */
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
  readonly organizationPrefix: string;
  readonly defaultRole?: string;
  /** Organisation roles that get an authorization scheme of their own, whoever is signed in. */
  readonly organizationRoles?: readonly string[];
  /** Authorization schemes; absent: derived from the default role and the organisation roles. */
  readonly authorizationSchemes?: readonly AuthorizationScheme[];
  /** Alias of the public page where the refused end up. Default `refused`. */
  readonly landingPage?: string;
  /** A certificate in PEM to trust beside the usual ones when the issuer is asked over HTTPS. */
  readonly ca?: string;
  /**
   * What the post-authentication procedure does with who comes. `action`: lets nobody in without the list of roles that the Action
   * sends. A decision table: decides by itself. Absent: takes whatever comes, as an application without a gate.
   */
  readonly gate?: 'action' | readonly DecisionRow[];
  /** The real pages that a scheme made for them names: the stand-in's own take their place, and its tenant that of the real one. */
  readonly standsFor?: StandsFor;
  /** Ask the provider once, beside the first sign-in, whether it takes the callback; leaves a failed login in its log. */
  readonly checksCallback?: boolean;
  readonly knobs?: Partial<StandInKnobs>;
  readonly limits?: Partial<StandInLimits>;
  readonly onEvent?: (event: StandInEvent) => void;
  /** Milliseconds since 1970; for tests that must not wait. */
  readonly clock?: () => number;
}
