import type { LoginRecord } from '../store/records/logs/login-repository.ts';
import type { Store } from '../store/store.ts';

const perPage = 25;
/** Limits for the search. More or longer words would not find anything else. */
const MAX_WORDS = 10;
const MAX_SEARCH_LENGTH = 200;

/** A page of logins, newest first, and the places of its neighbours. */
export interface LoginList {
  readonly logins: readonly LoginRecord[];
  /** A place to pass as `before`, if there are earlier logins. */
  readonly earlier?: number;
  /** A place to pass as `after`, if there are later logins. */
  readonly later?: number;
}

/**
 * Logins, a page at a time: from the newest on, or those `before` or `after` a place. With `search`, only logins whose user
 * or application contains each of its words. A page stays the same while other users sign in.
 *
 * @example
 * await listLogins(store, new URLSearchParams({ search: 'una apex' }))
 */
export async function listLogins(store: Store, query: URLSearchParams): Promise<LoginList> {
  const words = (query.get('search') ?? '')
    .slice(0, MAX_SEARCH_LENGTH)
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, MAX_WORDS);
  // One more than a page: it shows whether there is another page.
  const limit = perPage + 1;
  const after = placeParameter(query, 'after');
  if (after !== undefined) {
    const matches = await store.logins.list({ words, limit, after });
    // A page that is not full is the first one: read it from the newest on.
    if (matches.length === limit) return page(matches.slice(0, perPage).reverse(), { later: true, earlier: true });
  }
  const before = after === undefined ? placeParameter(query, 'before') : undefined;
  const matches = await store.logins.list({ words, limit, ...(before !== undefined && { before }) });
  return page(matches.slice(0, perPage), { later: before !== undefined, earlier: matches.length === limit });
}

function page(
  matches: readonly { readonly place: number; readonly login: LoginRecord }[],
  neighbours: { readonly later: boolean; readonly earlier: boolean },
): LoginList {
  const [first, last] = [matches.at(0)?.place, matches.at(-1)?.place];
  return {
    logins: matches.map(({ login }) => login),
    ...(neighbours.later && first !== undefined && { later: first }),
    ...(neighbours.earlier && last !== undefined && { earlier: last }),
  };
}

function placeParameter(query: URLSearchParams, name: 'before' | 'after'): number | undefined {
  const place = Number(query.get(name) ?? Number.NaN);
  return Number.isSafeInteger(place) ? place : undefined;
}
