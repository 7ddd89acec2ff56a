/** A search of the log under a name of the user. */
export interface StoredSearch {
  readonly name: string;
  /** The text of the search. */
  readonly search: string;
  /** The name of the group of entries; empty for all. */
  readonly type: string;
}

const key = 'portcullis.log-searches';

/**
 * The searches that this browser stores, in the order of their names. What is not a search is left out: any page of this address can write there.
 *
 * @example
 * storedSearches() // [{ name: 'Refused', search: 'type:f', type: '' }]
 */
export function storedSearches(): readonly StoredSearch[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? inOrder(stored.filter(isSearch)) : [];
  } catch {
    return [];
  }
}

/** Stores a search, in place of the one that has its name. */
export function storeSearch(search: StoredSearch): readonly StoredSearch[] {
  return write([...storedSearches().filter(({ name }) => name !== search.name), search]);
}

/** Removes the search with this name. */
export function removeSearch(name: string): readonly StoredSearch[] {
  return write(storedSearches().filter((one) => one.name !== name));
}

function write(searches: readonly StoredSearch[]): readonly StoredSearch[] {
  const next = inOrder(searches);
  if (next.length === 0) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(next));
  return next;
}

function inOrder(searches: readonly StoredSearch[]): readonly StoredSearch[] {
  return [...searches].sort((one, other) => one.name.localeCompare(other.name));
}

function isSearch(value: unknown): value is StoredSearch {
  if (typeof value !== 'object' || value === null) return false;
  const { name, search, type } = value as Partial<StoredSearch>;
  return typeof name === 'string' && name !== '' && typeof search === 'string' && typeof type === 'string';
}
