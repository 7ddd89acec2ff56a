import type { Row } from '../../database.ts';

export interface RoleRecord {
  /** `rol_…` */
  readonly id: string;
  name: string;
  description: string;
}

/** Columns that `readRole` reads. */
export const roleColumns = 'roles.id, roles.name, roles.description';

/** A role from a row of `roleColumns`. */
export function readRole(row: Row): RoleRecord {
  return { id: String(row.id), name: String(row.name), description: String(row.description) };
}
