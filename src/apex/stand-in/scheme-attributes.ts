import type { AuthorizationScheme } from './authorization-scheme.ts';

/** The client authentication at the token endpoint, by the names of APEX's *Token Authentication Method*. */
export type TokenAuthMethod = 'BASIC' | 'BASIC_AND_CLID' | 'BODY' | 'CLID';

/** The target of APEX's redirect after a failed sign-in: *Session Not Valid, Redirect to*. */
export type InvalidSessionType = 'LOGIN' | 'BUILTIN_LOGIN' | 'URL';

/** A further authentication scheme of the application that has *Switch in Session* enabled. */
export interface SwitchableScheme {
  /** The name that `request=APEX_AUTHENTICATION=<name>` asks for. */
  readonly name: string;
  readonly authUriParameters?: string;
  readonly scope?: string;
}

/** The settings of the authentication scheme that change how APEX behaves. Names follow APEX's attributes. */
export interface SchemeAttributes {
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
  /** `auto`: use the provider's `end_session_endpoint` if its discovery document has one. */
  readonly endSession: 'auto' | 'off';
  /** *Source for Role or Group Schemes*: with a value other than `custom`, no scheme sees the dynamic groups. Default `custom`. */
  readonly groupSource: 'custom' | 'other';
  /** Whether the page for refused users is public. Default `true`. */
  readonly landingPublic: boolean;
  /** The application's own authorization scheme, which protects every page. */
  readonly applicationAuthorization?: AuthorizationScheme;
  /** *Run on Public Pages*: whether it protects public ones, too. Default `false`. */
  readonly authorizePublicPages: boolean;
  /** The page for a session that has lasted too long; relative to `/ords/`. Default: the sign-in. */
  readonly sessionTimeoutUrl?: string;
  /** The page for a session that was idle for too long. Default: the sign-in. */
  readonly idleTimeoutUrl?: string;
}
