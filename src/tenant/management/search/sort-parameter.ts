import type { Order } from '../../store/search/search.ts';
import { invalidQuery } from '../http/api-error.ts';
import { quoted } from './query-error.ts';

const userFields = [
  ...['user_id', 'email', 'username', 'name', 'given_name', 'family_name', 'nickname', 'phone_number', 'picture'],
  ...[
    'created_at',
    'updated_at',
    'last_login',
    'last_ip',
    'logins_count',
    'email_verified',
    'phone_verified',
    'blocked',
  ],
];

/**
 * @throws ApiError 400 for members that some profiles lack, such as metadata
 * @example
 * userOrderOf('created_at:-1') // { field: 'created_at', descending: true }
 *
 * @see Auth0 docs: "Sort Search Results"
 */
export function userOrderOf(sort: string | undefined): Order | undefined {
  const order = orderOf(sort);
  if (order !== undefined && !userFields.includes(order.field)) {
    throw invalidQuery(`Sorting by ${quoted(order.field)} is not supported.`);
  }
  return order;
}

/** @example orderOf('date:-1') // { field: 'date', descending: true } */
export function orderOf(sort: string | undefined): Order | undefined {
  if (sort === undefined) return undefined;
  const at = sort.lastIndexOf(':');
  return { field: sort.slice(0, at), descending: sort.slice(at + 1) === '-1' };
}
