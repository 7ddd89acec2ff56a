import type { AuthorizationScheme } from './authorization-scheme.ts';

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
