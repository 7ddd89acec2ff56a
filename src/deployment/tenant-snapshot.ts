import type { ResolvedPolicy } from '../action/resolved-policy.ts';
import type { Loss } from './loss.ts';

/** The relevant state of a tenant, as it was read at one moment. */
export interface TenantSnapshot {
  /** The policy with the client IDs of its applications. */
  readonly policy: ResolvedPolicy;
  /** Every application that the policy guards. */
  readonly guarded: readonly GuardedApplication[];
  /** The applications with the name of the Action's own application, whether or not they are ours. */
  readonly machines: readonly MachineApplication[];
  /** The grant of the first application of ours. */
  readonly grant: GrantState | undefined;
  /** IDs of the roles that the policy may assign, by name; only existing roles. */
  readonly roles: Readonly<Record<string, string>>;
  readonly action: ActionState | undefined;
  /** Items that the deployed Action knows by ID, and that the policy no longer refers to. */
  readonly losses: readonly Loss[];
  /** The bindings of the login, in order. */
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
  /** Whether it has our marker. */
  readonly owned: boolean;
  /** Absent if the credentials may not read it. Never show it. */
  readonly clientSecret: string | undefined;
  /** The lock of a process that changes the tenant, if there is one. */
  readonly lock: string | undefined;
  /** The record of URLs that we added to guarded applications; see added-urls.ts. */
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
  /** The code that runs in logins; absent if nothing was deployed. */
  readonly deployedCode: string | undefined;
  readonly runtime: string | undefined;
  readonly trigger: string;
  readonly triggerVersion: string | undefined;
  /** `false` if the draft differs from the running code. */
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
