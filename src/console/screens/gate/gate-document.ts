import type { Policy } from '../../../policy/policy.ts';

/** The gate's document, served by `portcullis dev`: the policy as the Action contains it, with client ids of applications. */
export interface GateDocument {
  readonly policy: Policy;
  /** Client id of the stand-in for the APEX application. */
  readonly clientId: string;
  readonly homeUrl: string;
}
