import type { Tally } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** What a change of the gate means to the people of a tenant. */
export interface Impact {
  /** How many users the tenant has. */
  readonly people: number;
  /** Of them, those whom Auth0 lets sign in nowhere; they are not counted below. */
  readonly blocked: number;
  readonly doors: readonly DoorImpact[];
}

/** What it means at applications that are guarded alike. */
export interface DoorImpact {
  /** Client ids. */
  readonly applications: readonly string[];
  /** Whether what guards them now could be read; else nothing is known to be new. */
  readonly beforeKnown: boolean;
  /** How many are admitted and refused afterwards. */
  readonly admitted: number;
  readonly refused: number;
  /** Who was admitted and is refused, by the reason. */
  readonly newlyRefused: Readonly<Record<string, Tally>>;
  /** Who was refused and is admitted, by the reason. */
  readonly newlyAdmitted: Readonly<Record<string, Tally>>;
  /** Who is given a role at the next sign-in that was not given before, by the role. */
  readonly newlyGiven: Readonly<Record<string, Tally>>;
  /** Who was given a role at the next sign-in and no longer is, by the role. Roles that somebody holds are kept. */
  readonly noLongerGiven: Readonly<Record<string, Tally>>;
}

/** Somebody whom the change concerns. */
export interface AffectedPerson {
  readonly userId: string;
  readonly email: string | undefined;
  readonly applications: readonly string[];
  /** `undefined` where it cannot be told. */
  readonly before: Verdict | undefined;
  readonly after: Verdict;
}
