/** What the commands end with. */
export const EXIT_STATUS = {
  ok: 0,
  /** What was asked for was looked at, and is not so: a row of `dev --once` differs from the policy. */
  different: 1,
  /** It could not be done: wrong arguments, a broken policy, a port in use. */
  failed: 2,
  /** `plan`: the tenant is not as the configuration says. */
  changes: 3,
  /** The question whether to do it was not answered with yes: nothing was done. */
  declined: 4,
  /** Ended by Ctrl-C, as shells expect it. */
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT_STATUS)[keyof typeof EXIT_STATUS];
