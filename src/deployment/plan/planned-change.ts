/** An item on the tenant, and the change to it. Without secrets. */
export interface PlannedChange {
  readonly resource: 'application_urls' | 'role' | 'application' | 'client_grant' | 'action' | 'binding';
  readonly name: string;
  /** ID on the tenant, if several items may have the same name. */
  readonly id?: string;
  readonly action: 'create' | 'update' | 'adopt' | 'none';
  /** The reason, in a few words. */
  readonly why: string;
  /** The values before and after; `undefined` if there is no value. */
  readonly fields: readonly PlannedField[];
}

export interface PlannedField {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** An item with our name that Portcullis did not create. The plan stops for it. */
export interface Unowned {
  readonly resource: 'application' | 'action';
  readonly name: string;
  readonly id: string;
}
