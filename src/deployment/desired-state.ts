import type { Policy } from '../policy/policy.ts';

/** Where the Action stands among those bound to the login; the name is a binding's or an Action's. */
export type FlowPosition = 'first' | 'last' | { readonly before: string } | { readonly after: string };

/** What a tenant is to be like, in its own terms. Plain data, without secrets. */
export interface DesiredState {
  /** The tenant's canonical domain, such as `example.eu.auth0.com`; may carry a port. */
  readonly domain: string;
  /** Applications by name or client id. */
  readonly policy: Policy;
  /** Origins of `/v2/logout` by domain, where one is not simply `https://` and the domain. */
  readonly logoutOrigins: Readonly<Record<string, string>>;
  /** Absent: last when it is first bound, and wherever somebody moves it afterwards. */
  readonly position?: FlowPosition;
  /** Callback URLs that every guarded application has to allow. */
  readonly callbacks: readonly string[];
  /** Logout URLs that every guarded application has to allow. */
  readonly logoutUrls: readonly string[];
}

/** What the Action, and its own application, are called on the tenant. */
export const GATE_NAME = 'Portcullis Gate';

/** Kept in the application's metadata, so that one that somebody else made is never taken over by its name. */
export const MARKER = { portcullis: 'gate' } as const;

/**
 * `update:roles` assigns a role to a user; the other two read a user's roles, needed only where a login comes without
 * them (Auth0 documentation, "View a user's roles").
 */
export const GATE_SCOPES = ['read:roles', 'read:users', 'update:roles'] as const;

export const GATE_RUNTIME = 'node22';
export const GATE_TRIGGER = { id: 'post-login', version: 'v3' } as const;

/** A trigger that Actions can be bound to, and the version that new ones are written for. */
export const TRIGGER_VERSIONS = {
  'post-login': 'v3',
  'credentials-exchange': 'v2',
  'pre-user-registration': 'v2',
  'post-user-registration': 'v2',
  'post-change-password': 'v2',
} as const;

export type BoundTrigger = keyof typeof TRIGGER_VERSIONS;
/** The secret that the Action signs in with. */
export const GATE_SECRET = 'clientSecret';

/** The audience of a tenant's Management API. */
export function managementAudience(domain: string): string {
  return `https://${domain}/api/v2/`;
}
