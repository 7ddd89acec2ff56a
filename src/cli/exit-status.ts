/** The exit statuses of the commands. */
export const EXIT_STATUS = {
  ok: 0,
  /** The result of a check is negative: a row of `dev --once` differs from the policy. */
  different: 1,
  /** The command failed: wrong arguments, a broken policy, a port in use. */
  failed: 2,
  /** `plan`: the tenant differs from the configuration. */
  changes: 3,
  /** The answer to the confirmation question was not yes, so nothing was done. */
  declined: 4,
  /** Stopped by Ctrl-C. Shells expect this status. */
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT_STATUS)[keyof typeof EXIT_STATUS];
