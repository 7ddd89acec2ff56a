import type { Policy } from '../../../policy/policy.ts';

/** What `portcullis dev` tells of the gate: the policy as the Action carries it, with applications by client id. */
export interface GateDocument {
  readonly policy: Policy;
  /** Of the application that the stand-in is. */
  readonly clientId: string;
  readonly homeUrl: string;
}
