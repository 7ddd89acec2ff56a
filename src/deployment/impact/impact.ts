import type { Tally } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** The effect of a change of the gate on the users of a tenant. */
export interface Impact {
  /** Number of users of the tenant. */
  readonly people: number;
  /** Number of blocked users, who cannot sign in anywhere; they are not counted below. */
  readonly blocked: number;
  readonly doors: readonly DoorImpact[];
}

/** The effect at applications that share the same gate. */
export interface DoorImpact {
  /** Client IDs. */
  readonly applications: readonly string[];
  /** Whether the current gate could be read; otherwise it is not known what is new. */
  readonly beforeKnown: boolean;
  /** Numbers of users who are let in and refused afterwards. */
  readonly admitted: number;
  readonly refused: number;
  /** Number of users of which only the login shows whether they are let in. */
  readonly depends: number;
  /** These users, by what it depends on: `depends on network`. */
  readonly dependsOn: Readonly<Record<string, Tally>>;
  /** Users who were let in and will be refused, by the reason. */
  readonly newlyRefused: Readonly<Record<string, Tally>>;
  /** Users who were refused and will be let in, by the reason. */
  readonly newlyAdmitted: Readonly<Record<string, Tally>>;
  /** Users who will get a role at the next sign-in and would not have before, by the role. */
  readonly newlyGiven: Readonly<Record<string, Tally>>;
  /** Users who would have got a role at the next sign-in and no longer will, by the role. Roles that users have stay. */
  readonly noLongerGiven: Readonly<Record<string, Tally>>;
}

/** A user affected by the change. */
export interface AffectedPerson {
  readonly userId: string;
  readonly email: string | undefined;
  readonly applications: readonly string[];
  /** `undefined` if it is not known. */
  readonly before: Verdict | undefined;
  readonly after: Verdict;
}
