import { compareJsonPath } from '../../search/json-path-condition.ts';
import type { Comparison, Order } from '../../search/search.ts';
import { type Compare, compareExpression, type SqlCondition } from '../../search/search-condition.ts';

/** E-mail addresses and names compare without regard to case. */
export const searchKey = (text: unknown): string | null => (typeof text === 'string' ? text.toLowerCase() : null);

const foldedMembers = ['name', 'given_name', 'family_name', 'nickname'] as const;

/** Members of a profile that are searched regardless of case, as stored in `profile_keys`. */
export function profileKeys(record: { readonly [Member in (typeof foldedMembers)[number]]?: string }): string {
  return JSON.stringify(Object.fromEntries(foldedMembers.map((member) => [member, searchKey(record[member])])));
}

const expressions: Record<string, string> = {
  user_id: 'users.user_id',
  email: 'users.email_key',
  'email.domain': "substr(users.email_key, instr(users.email_key, '@') + 1)",
  username: "json_extract(users.record, '$.username')",
  created_at: "json_extract(users.record, '$.created_at')",
  updated_at: 'users.updated_at',
  last_login: 'users.last_login',
  last_ip: 'users.last_ip',
  logins_count: 'users.logins_count',
  email_verified: "json_extract(users.record, '$.email_verified')",
  phone_verified: "json_extract(users.record, '$.phone_verified')",
  phone_number: "json_extract(users.record, '$.phone_number')",
  blocked: "json_extract(users.record, '$.blocked')",
  picture: "json_extract(users.record, '$.picture')",
  ...Object.fromEntries(foldedMembers.map((member) => [member, `json_extract(users.profile_keys, '$.${member}')`])),
};

const foldedFields = new Set<string>(['email', 'email.domain', ...foldedMembers]);

const identityColumns: Record<string, string> = {
  'identities.connection': 'connection',
  'identities.provider': 'provider',
  'identities.user_id': 'identity_id',
};

/** Compares a field of a user: a column if there is one, otherwise the member of the profile at that path. */
export const compareUser: Compare = (comparison) => {
  const { field } = comparison;
  const column = identityColumns[field];
  if (column !== undefined) return compareIdentity(column, comparison);
  if (field === 'organization_id') return compareOrganization(comparison);
  const expression = expressions[field];
  if (expression === undefined) return compareJsonPath('users.record', comparison);
  // A user who has never logged in has no count in Auth0's API.
  if (field === 'logins_count' && comparison.kind === 'exists') return { sql: 'users.logins_count > 0', values: [] };
  return compareExpression(expression, comparison, foldedFields.has(field) ? (text) => text.toLowerCase() : undefined);
};

function compareIdentity(column: string, comparison: Comparison): SqlCondition {
  const { sql, values } = compareExpression(column, comparison);
  return { sql: `users.sequence IN (SELECT user_sequence FROM user_identities WHERE ${sql})`, values };
}

function compareOrganization(comparison: Comparison): SqlCondition {
  const { sql, values } = compareExpression('organizations.id', comparison);
  return {
    sql: `users.sequence IN (SELECT user_sequence FROM organizations
      JOIN organization_members ON organization_sequence = organizations.sequence WHERE ${sql})`,
    values,
  };
}

/** Order of creation by default, for fields that have no column, and among equal users. */
export function userOrder(order: Order | undefined): string {
  const expression = order && expressions[order.field];
  if (order === undefined || expression === undefined) return 'users.sequence';
  return `${expression} ${direction(order, order.field)}, users.sequence${order.descending ? ' DESC' : ''}`;
}

/** SQLite reads an index in order only without `NULLS LAST`. Fields that every user has do not need it. */
function direction({ descending }: Order, field: string): string {
  if (descending) return 'DESC';
  return field === 'created_at' || field === 'user_id' || field === 'updated_at' ? 'ASC' : 'ASC NULLS LAST';
}
