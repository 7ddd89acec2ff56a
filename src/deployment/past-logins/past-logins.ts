/** The logins of the last days, decided again by the policy that is planned. */
export interface PastLogins {
  /** Time of the earliest entry, in ISO 8601. */
  readonly since: string;
  /** Number of logins at guarded applications that were let in or refused. */
  readonly logins: number;
  readonly doors: readonly PastDoor[];
}

/** The logins at one application. */
export interface PastDoor {
  /** Client ID. */
  readonly application: string;
  readonly logins: number;
  /** Logins that were let in and would be refused, by the rule or the reason. */
  readonly refused: Readonly<Record<string, PastTally>>;
  /** Logins that were refused and would be let in, by the rules or the reason. */
  readonly admitted: Readonly<Record<string, PastTally>>;
  /** Logins that would also have been given a role, by the role. */
  readonly given: Readonly<Record<string, PastTally>>;
  /** Logins of which the tenant does not store enough, by what is missing. */
  readonly depends: Readonly<Record<string, PastTally>>;
  /** Logins that today's gate would not decide as it did: their users have changed since, or Auth0 did not answer. */
  readonly changed: number;
  /** Logins of users that no longer exist. */
  readonly gone: number;
}

/** Logins, and their users. */
export interface PastTally {
  readonly logins: number;
  readonly users: number;
  /** The latest of these users. */
  readonly people: readonly { readonly userId: string; readonly email: string | undefined }[];
}
