import type { LoginRecord } from '../store/records/logs/login-repository.ts';
import type { Store } from '../store/store.ts';

const perPage = 25;
/** More words than anybody looks for, and longer ones, say nothing more. */
const mostWords = 10;
const longestSearch = 200;

/** A page of logins, the latest first, and where those beside it are. */
export interface LoginList {
  readonly logins: readonly LoginRecord[];
  /** For `before`: there are earlier ones. */
  readonly earlier?: number;
  /** For `after`: there are later ones. */
  readonly later?: number;
}

/**
 * Logins, a page at a time: from the latest on, those `before` a place or those `after` one; with `search`, those whose person
 * or application has each of its words somewhere. A page stays the same, whoever signs in meanwhile.
 *
 * @example
 * await listLogins(store, new URLSearchParams({ search: 'una apex' }))
 */
export async function listLogins(store: Store, query: URLSearchParams): Promise<LoginList> {
  const words = (query.get('search') ?? '').slice(0, longestSearch).split(/\s+/).filter(Boolean).slice(0, mostWords);
  // One more than is shown tells whether there is another page.
  const limit = perPage + 1;
  const after = placeIn(query, 'after');
  if (after !== undefined) {
    const found = await store.logins.list({ words, limit, after });
    // A page that is not full is the first one: the latest, from the top.
    if (found.length === limit) return page(found.slice(0, perPage).reverse(), { later: true, earlier: true });
  }
  const before = after === undefined ? placeIn(query, 'before') : undefined;
  const found = await store.logins.list({ words, limit, ...(before !== undefined && { before }) });
  return page(found.slice(0, perPage), { later: before !== undefined, earlier: found.length === limit });
}

function page(
  found: readonly { readonly place: number; readonly login: LoginRecord }[],
  beside: { readonly later: boolean; readonly earlier: boolean },
): LoginList {
  const [first, last] = [found.at(0)?.place, found.at(-1)?.place];
  return {
    logins: found.map(({ login }) => login),
    ...(beside.later && first !== undefined && { later: first }),
    ...(beside.earlier && last !== undefined && { earlier: last }),
  };
}

function placeIn(query: URLSearchParams, name: 'before' | 'after'): number | undefined {
  const place = Number(query.get(name) ?? Number.NaN);
  return Number.isSafeInteger(place) ? place : undefined;
}
