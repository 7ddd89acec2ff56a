import type { ResolvedPolicy } from '../action/resolved-policy.ts';
import type { Loss } from './loss.ts';

/** What matters of a tenant, as it was read at one moment. */
export interface TenantSnapshot {
  /** The policy with the client ids of its applications. */
  readonly policy: ResolvedPolicy;
  /** Every application that the policy guards. */
  readonly guarded: readonly GuardedApplication[];
  /** The applications named as the Action's own, whether or not they are ours. */
  readonly machines: readonly MachineApplication[];
  /** Of the first of our own. */
  readonly grant: GrantState | undefined;
  /** Ids of the roles that the policy may assign, by name; those that are there. */
  readonly roles: Readonly<Record<string, string>>;
  readonly action: ActionState | undefined;
  /** What the deployed Action has by id, and the policy does not mean any more. */
  readonly losses: readonly Loss[];
  /** What is bound to the login, in order. */
  readonly bindings: readonly BindingState[];
}

export interface GuardedApplication {
  readonly clientId: string;
  readonly name: string;
  readonly callbacks: readonly string[];
  readonly allowedLogoutUrls: readonly string[];
}

export interface MachineApplication {
  readonly clientId: string;
  /** Whether it carries our marker. */
  readonly owned: boolean;
  /** Absent where the credentials may not read it. Never to be shown. */
  readonly clientSecret: string | undefined;
  /** Who is at work on the tenant, if anybody. */
  readonly lock: string | undefined;
  /** Which addresses of guarded applications we added; see added-urls.ts. */
  readonly added: string | undefined;
}

export interface GrantState {
  readonly id: string;
  readonly scopes: readonly string[];
}

export interface ActionState {
  readonly id: string;
  /** Whether Portcullis generated its code. */
  readonly owned: boolean;
  readonly code: string;
  /** What runs in logins; absent where nothing was deployed. */
  readonly deployedCode: string | undefined;
  readonly runtime: string | undefined;
  readonly trigger: string;
  readonly triggerVersion: string | undefined;
  /** `false` where the draft is not what runs. */
  readonly allChangesDeployed: boolean;
  readonly secretNames: readonly string[];
  readonly dependencies: readonly string[];
}

export interface BindingState {
  readonly id: string;
  readonly actionId: string;
  readonly actionName: string;
  readonly displayName: string | undefined;
}
