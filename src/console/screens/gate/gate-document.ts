import type { AdmitRule, Policy, RefuseRule } from '../../../policy/policy.ts';

/** The gate's document, served by `portcullis dev`: the policy as the Action contains it, with client ids of applications. */
export interface GateDocument {
  readonly policy: Policy;
  /** Client id of the stand-in for the APEX application. */
  readonly clientId: string;
  readonly homeUrl: string;
  /** The file that the policy comes from. */
  readonly file?: PolicyFileState;
}

/** A test of the policy file and its result, in words. */
export interface ShownTest {
  readonly visitor: string;
  readonly expected: string;
  readonly outcome: string;
  readonly holds: boolean;
}

export interface PolicyFileState {
  readonly name: string;
  /** Whether the file may be written. */
  readonly writable: boolean;
  readonly refuse: readonly RefuseRule[];
  readonly admit: readonly AdmitRule[];
  /** Names of the guarded applications, as the file has them. */
  readonly applications: readonly string[];
  readonly tests: readonly ShownTest[];
  /** The reason why the file as it is now is not in use. */
  readonly problem?: FileProblem;
}

export interface FileProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** A change of a rule, before it is written or after. */
export interface ChangedPolicyFile {
  readonly before: string;
  readonly after: string;
  readonly digest: string;
  readonly tests: readonly ShownTest[];
  readonly warnings: readonly string[];
  /** The reason why it cannot be written. */
  readonly problem?: FileProblem;
  readonly written: boolean;
}
