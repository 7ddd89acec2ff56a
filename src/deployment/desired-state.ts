import type { Policy } from '../policy/policy.ts';

/** The position of the Action among those bound to the login. The name is a binding's or an Action's. */
export type FlowPosition = 'first' | 'last' | { readonly before: string } | { readonly after: string };

/** The desired state of a tenant, in the tenant's own terms. Plain data, without secrets. */
export interface DesiredState {
  /** The tenant's canonical domain, such as `example.eu.auth0.com`; may have a port. */
  readonly domain: string;
  /** Applications by name or client ID. */
  readonly policy: Policy;
  /** Origins of `/v2/logout` by domain, if an origin is not simply `https://` and the domain. */
  readonly logoutOrigins: Readonly<Record<string, string>>;
  /** Absent: last when the Action is first bound, and its current position afterwards. */
  readonly position?: FlowPosition;
  /** Callback URLs that every guarded application has to allow. */
  readonly callbacks: readonly string[];
  /** Logout URLs that every guarded application has to allow. */
  readonly logoutUrls: readonly string[];
  /** Pages that a sign-out ends on, of applications that have one of their own: by name or client ID, as in the policy. */
  readonly signedOutPages?: Readonly<Record<string, string>>;
}

/** The name of the Action and of its own application on the tenant. */
export const GATE_NAME = 'Portcullis Gate';

/** Stored in the application's metadata, so that another application is never taken over because of its name. */
export const MARKER = { portcullis: 'gate' } as const;

/**
 * The scopes of the Action. `update:roles` assigns a role to a user. The other two read a user's roles, needed only if a
 * login comes without them (Auth0 documentation, "View a user's roles").
 */
export const GATE_SCOPES = ['read:roles', 'read:users', 'update:roles'] as const;

export const GATE_RUNTIME = 'node22';
export const GATE_TRIGGER = { id: 'post-login', version: 'v3' } as const;

/** The triggers that Actions can be bound to, with the version for new Actions. */
export const TRIGGER_VERSIONS = {
  'post-login': 'v3',
  'credentials-exchange': 'v2',
  'pre-user-registration': 'v2',
  'post-user-registration': 'v2',
  'post-change-password': 'v2',
} as const;

export type BoundTrigger = keyof typeof TRIGGER_VERSIONS;
/** The name of the secret that the Action authenticates with. */
export const GATE_SECRET = 'clientSecret';

/** Returns the audience of a tenant's Management API. */
export function managementAudience(domain: string): string {
  return `https://${domain}/api/v2/`;
}
