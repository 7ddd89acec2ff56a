import type { DecisionRow } from '../generator/decision-table.ts';
import type { StandInEvent } from './stand-in-event.ts';
import type { StandsFor } from './stands-for.ts';

/** How the client proves itself at the token endpoint, by the names of APEX's *Token Authentication Method*. */
export type TokenAuthMethod = 'BASIC' | 'BASIC_AND_CLID' | 'BODY' | 'CLID';

/** Where APEX sends the browser when a sign-in has failed: *Session Not Valid, Redirect to*. */
export type InvalidSessionType = 'LOGIN' | 'BUILTIN_LOGIN' | 'URL';

/** A further authentication scheme of the application that has *Switch in Session* enabled. */
export interface SwitchableScheme {
  /** The name that `request=APEX_AUTHENTICATION=<name>` asks for. */
  readonly name: string;
  readonly authUriParameters?: string;
  readonly scope?: string;
}

/** The settings of the authentication scheme that change how APEX behaves. Names follow APEX's attributes. */
export interface StandInKnobs {
  /** Name of the current authentication scheme. Default `AUTH0`. */
  readonly schemeName: string;
  /** Whether the current scheme too can be asked for with `request=APEX_AUTHENTICATION=…`. Default `true`. */
  readonly switchInSession: boolean;
  readonly switchableSchemes: readonly SwitchableScheme[];
  /** Comma separated, as APEX writes it; `openid` is added. Default `profile,email`. */
  readonly scope: string;
  /** Appended to the authorization request, such as `audience=https://api.example.com/`. */
  readonly authUriParameters: string;
  /** A claim, or a template such as `#sub# (#APEX_AUTH_NAME#)`. Default `email`. */
  readonly usernameAttribute: string;
  readonly uppercaseUsername: boolean;
  /** Refuse a username whose `<attribute>_verified` is false. Default `true`, as in APEX. */
  readonly verifyAttributes: boolean;
  readonly tokenAuthMethod: TokenAuthMethod;
  readonly useUserinfo: boolean;
  readonly sendNonce: boolean;
  readonly sendPkce: boolean;
  /** The version of APEX, such as `20.2`: which parameters its callback has. Default `24.2`. */
  readonly release: string;
  /** Refuse a callback parameter that is not on APEX's list. Default `true`. */
  readonly strictCallback: boolean;
  readonly invalidSessionType: InvalidSessionType;
  /** For the type `URL`; relative to `/ords/`. Default: the landing page. */
  readonly invalidSessionUrl?: string;
  readonly postLogout: 'HOME' | 'URL';
  /** For the type `URL`; relative to `/ords/`. Default: the signed-out page. */
  readonly postLogoutUrl?: string;
  /** `auto`: use the provider's `end_session_endpoint` where its discovery document has one. */
  readonly endSession: 'auto' | 'off';
  /** *Source for Role or Group Schemes*: with any other than `custom`, no scheme sees the dynamic groups. Default `custom`. */
  readonly groupSource: 'custom' | 'other';
  /** Whether the page for the refused is public. Default `true`. */
  readonly landingPublic: boolean;
  /** The application's own authorization scheme, which stands before every page. */
  readonly applicationAuthorization?: AuthorizationScheme;
  /** *Run on Public Pages*: whether it stands before public ones, too. Default `false`. */
  readonly authorizePublicPages: boolean;
  /** Where somebody goes whose session has lasted too long; relative to `/ords/`. Default: the sign-in. */
  readonly sessionTimeoutUrl?: string;
  /** Where somebody goes who did nothing for too long. Default: the sign-in. */
  readonly idleTimeoutUrl?: string;
}

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

/** An authorization scheme of the type *Is In Role or Group*, or the function that asks for the organisation. */
export interface AuthorizationScheme {
  readonly name: string;
  /** `any-organization`: passes whoever has the organisation item set. Otherwise: any one of these groups. */
  readonly requires: 'any-organization' | readonly string[];
  /** What somebody reads who does not pass. */
  readonly message: string;
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
