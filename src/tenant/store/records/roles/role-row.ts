import type { Row } from '../../database.ts';

export interface RoleRecord {
  /** `rol_…` */
  readonly id: string;
  name: string;
  description: string;
  /** The organization that it belongs to, if only that organization's members can have it. */
  readonly owner_id?: string;
}

/** Columns that `readRole` reads. */
export const roleColumns = 'roles.id, roles.name, roles.description, roles.owner_id';

/** A role from a row of `roleColumns`. */
export function readRole(row: Row): RoleRecord {
  const owner = row.owner_id === null || row.owner_id === undefined ? {} : { owner_id: String(row.owner_id) };
  return { id: String(row.id), name: String(row.name), description: String(row.description), ...owner };
}
