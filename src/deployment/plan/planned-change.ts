/** One thing on the tenant, and what becomes of it. Without secrets. */
export interface PlannedChange {
  readonly resource: 'application_urls' | 'role' | 'application' | 'client_grant' | 'action' | 'binding';
  readonly name: string;
  /** On the tenant, where several things may have one name. */
  readonly id?: string;
  readonly action: 'create' | 'update' | 'adopt' | 'none';
  /** Why, in a few words. */
  readonly why: string;
  /** What it is like before and after; `undefined` where there is nothing. */
  readonly fields: readonly PlannedField[];
}

export interface PlannedField {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** A thing of our name that we did not make. The plan stops for it. */
export interface Unowned {
  readonly resource: 'application' | 'action';
  readonly name: string;
  readonly id: string;
}
