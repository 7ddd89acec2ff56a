import { Problem } from '../../problem/problem.ts';
import { MEMBER_OF_ANY_ORGANIZATION } from './authorization-scheme.ts';
import { isSafeTransport } from './loopback.ts';
import type { StandInLimits, StandInOptions } from './options.ts';
import { applicationPages, type Page } from './page.ts';
import type { SchemeAttributes, SwitchableScheme } from './scheme-attributes.ts';

/** Options with every default filled in. */
export interface StandInSettings {
  readonly options: StandInOptions;
  readonly attributes: SchemeAttributes;
  readonly limits: StandInLimits;
  readonly pages: readonly Page[];
  readonly landingPage: string;
  readonly clock: () => number;
}

const DEFAULT_ATTRIBUTES: SchemeAttributes = {
  schemeName: 'AUTH0',
  switchInSession: true,
  switchableSchemes: [],
  scope: 'profile,email',
  authUriParameters: '',
  usernameAttribute: 'email',
  uppercaseUsername: false,
  verifyAttributes: true,
  tokenAuthMethod: 'BODY',
  useUserinfo: true,
  sendNonce: false,
  sendPkce: false,
  release: '24.2',
  strictCallback: true,
  invalidSessionType: 'LOGIN',
  postLogout: 'URL',
  endSession: 'auto',
  groupSource: 'custom',
  landingPublic: true,
  authorizePublicPages: false,
};

/** Session times are APEX's own defaults: one hour idle, eight hours in all. */
const LIMITS: StandInLimits = {
  sessions: 1000,
  sessionIdleMs: 3_600_000,
  sessionLifetimeMs: 28_800_000,
  signInMs: 600_000,
  providerMs: 10_000,
};

/** Parameters that the stand-in sets itself; a scheme that repeated one would undo its checks. */
const RESERVED = [
  'response_type',
  'response_mode',
  'client_id',
  'client_secret',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
];

/**
 * Fills in the defaults and refuses options that cannot work.
 *
 * @throws {Problem} `invalid_option`, naming the option and what was expected
 * @example settingsOf(options).attributes.tokenAuthMethod // 'BODY'
 */
export function settingsOf(options: StandInOptions): StandInSettings {
  const attributes: SchemeAttributes = { ...DEFAULT_ATTRIBUTES, ...options.attributes };
  const landingPage = options.landingPage ?? 'refused';
  expectOption(options.clientId !== '', 'clientId', 'the client id of the application');
  expectOption(isIssuer(options.issuer), 'issuer', 'an https:// address, or http:// on a loopback address');
  expectOption(options.claim !== '', 'claim', 'the name of the claim that carries the roles');
  checkApplication(options);
  expectOption(isAlias(landingPage), 'landingPage', 'letters, digits, hyphens and underscores');
  checkUrls(attributes);
  expectOption(/^\d+\.\d/.test(attributes.release), 'release', 'a version such as 24.2');
  for (const scheme of [attributes, ...attributes.switchableSchemes]) checkParameters(scheme);
  const membersScheme = options.authorizationSchemes?.[0] ?? MEMBER_OF_ANY_ORGANIZATION;
  const pages = applicationPages(landingPage, membersScheme, attributes.landingPublic);
  const takenByOther = pages.some((page) => page.kind !== 'landing' && page.alias === landingPage);
  expectOption(!takenByOther, 'landingPage', 'an alias that no other page has');
  return {
    options,
    attributes,
    limits: { ...LIMITS, ...options.limits },
    pages,
    landingPage,
    clock: options.clock ?? Date.now,
  };
}

/**
 * Finds the scheme for `request=APEX_AUTHENTICATION=<name>`: only one with Switch in Session enabled.
 *
 * @example switchableScheme(attributes, 'AUTH0')?.scope // 'profile,email'
 * @see Oracle APEX, Authentication scheme, Switch in Session
 */
export function switchableScheme(attributes: SchemeAttributes, name: string): SwitchableScheme | undefined {
  if (name === attributes.schemeName) return attributes.switchInSession ? currentScheme(attributes) : undefined;
  return attributes.switchableSchemes.find((scheme) => scheme.name === name);
}

/** The application's current authentication scheme. */
export function currentScheme(attributes: SchemeAttributes): SwitchableScheme {
  return { name: attributes.schemeName, scope: attributes.scope, authUriParameters: attributes.authUriParameters };
}

function checkApplication({ application }: StandInOptions): void {
  expectOption(Number.isSafeInteger(application.id) && application.id > 0, 'application.id', 'a positive whole number');
  expectOption(isAlias(application.workspace), 'application.workspace', 'letters, digits, hyphens and underscores');
  expectOption(isAlias(application.alias), 'application.alias', 'letters, digits, hyphens and underscores');
}

function checkUrls(attributes: SchemeAttributes): void {
  for (const name of ['invalidSessionUrl', 'postLogoutUrl', 'sessionTimeoutUrl', 'idleTimeoutUrl'] as const) {
    const valid = URL.canParse(attributes[name] ?? '', 'http://localhost/ords/');
    expectOption(valid, name, 'an address, absolute or relative to /ords/');
  }
}

function checkParameters({ authUriParameters = '' }: { authUriParameters?: string }): void {
  const names = [...new URLSearchParams(authUriParameters).keys()];
  const reserved = names.find((name) => RESERVED.includes(name));
  expectOption(
    reserved === undefined,
    'authUriParameters',
    `parameters other than ${reserved}, which the scheme sets itself`,
  );
}

function isIssuer(text: string): boolean {
  return URL.canParse(text) && isSafeTransport(new URL(text));
}

function isAlias(text: string): boolean {
  return /^[a-z0-9_-]{1,60}$/.test(text);
}

function expectOption(condition: boolean, option: string, expected: string): void {
  if (condition) return;
  const message = `The stand-in cannot start: its option "${option}" is not valid. Expected ${expected}.`;
  throw new Problem('invalid_option', message);
}
