import type { JsonValue } from './records.ts';

export interface ActionTriggerReference {
  id: string;
  version: string;
}

export interface ActionDependency {
  name: string;
  version: string;
  /** As it was given; Auth0 forgets it when the draft is built. */
  registry_url?: string;
}

/** The version of a module that an Action uses. */
export interface ActionModuleReference {
  readonly module_id: string;
  readonly module_name: string;
  readonly module_version_id: string;
  readonly module_version_number: number;
}

export interface ActionSecret {
  readonly name: string;
  /** Never leaves the tenant but into the Action. */
  readonly value: string;
  readonly updated_at: string;
}

export type BuildStatus = 'pending' | 'building' | 'packaged' | 'built' | 'retrying' | 'failed';

/** An Action's draft. */
export interface ActionRecord {
  /** A UUID. */
  readonly id: string;
  name: string;
  supported_triggers: ActionTriggerReference[];
  code: string;
  dependencies: ActionDependency[];
  runtime: string;
  secrets: ActionSecret[];
  modules?: ActionModuleReference[];
  status: BuildStatus;
  /** Why the build failed. */
  build_errors: { id: string; msg: string; url?: string }[];
  deployed_version_id?: string;
  all_changes_deployed: boolean;
  /** RFC 3339, nanoseconds, as Auth0 answers them for Actions. */
  readonly created_at: string;
  updated_at: string;
  built_at?: string;
}

/** What was deployed: code, secrets and dependencies frozen together. */
export interface ActionVersionRecord {
  readonly id: string;
  readonly action_id: string;
  /** 1, 2, 3, … */
  readonly number: number;
  readonly code: string;
  readonly dependencies: ActionDependency[];
  readonly runtime: string;
  readonly secrets: ActionSecret[];
  readonly modules?: ActionModuleReference[];
  readonly supported_triggers: ActionTriggerReference[];
  status: BuildStatus;
  readonly created_at: string;
  updated_at: string;
  built_at?: string;
}

/** The draft of code that Actions share. */
export interface ActionModuleRecord {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  code: string;
  dependencies: ActionDependency[];
  secrets: ActionSecret[];
  /** The version that the draft has the content of; absent where it was changed since. */
  draft_of?: string;
  /** RFC 3339, microseconds. */
  readonly created_at: string;
  updated_at: string;
}

/** What was published of a module: code, secrets and dependencies frozen together. */
export interface ActionModuleVersionRecord {
  readonly id: string;
  readonly module_id: string;
  /** 1, 2, 3, … */
  readonly number: number;
  readonly code: string;
  readonly dependencies: ActionDependency[];
  readonly secrets: ActionSecret[];
  readonly created_at: string;
}

/** An Action's place in a trigger; the list of a trigger is in order. */
export interface BindingRecord {
  readonly id: string;
  readonly trigger_id: string;
  readonly action_id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** One run of one Action within an execution of a trigger. */
export interface ExecutionResult {
  readonly action_id: string;
  readonly action_name: string;
  readonly version_id: string;
  readonly binding_id: string;
  readonly handler: string;
  readonly started_at: string;
  readonly ended_at: string;
  /** Whether the sandbox had to be started for it. */
  readonly cold: boolean;
  /** Milliseconds that the Action itself ran. */
  readonly action_duration_ms: number;
  readonly boot_duration_ms: number;
  /** `kept`: the characters of a line that Auth0 would keep, where that is not the whole line. */
  readonly console: { level: 'log' | 'info' | 'warn' | 'error' | 'debug'; text: string; at: string; kept?: number }[];
  readonly error?: { name: string; message: string; code: string; stack?: string };
  /** The api calls that the Action made, in order: method and arguments, secrets masked. */
  readonly calls: { method: string; arguments: JsonValue[] }[];
  /**
   * Requests that the Action sent out, in order: `status` and the milliseconds to the head of the answer, or why there was none.
   * Absent from executions that are older than it.
   */
  readonly requests?: { method: string; host: string; status?: number; error?: string; duration_ms?: number }[];
  /** Claims that the tenant dropped without a word, as Auth0 does, and why. */
  readonly dropped_claims: { token: 'id_token' | 'access_token'; claim: string; reason: string }[];
}

export interface ExecutionRecord {
  readonly id: string;
  readonly trigger_id: string;
  status: 'unspecified' | 'pending' | 'final' | 'partial' | 'canceled' | 'suspended';
  results: ExecutionResult[];
  readonly created_at: string;
  updated_at: string;
}
