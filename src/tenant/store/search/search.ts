/** A search of a table: the store's own form, independent of the query language. */
export type Search =
  | { readonly kind: 'everything' }
  /** An empty `and` matches everything, an empty `or` nothing. */
  | { readonly kind: 'and' | 'or'; readonly of: readonly Search[] }
  | { readonly kind: 'not'; readonly of: Search }
  | Comparison;

/** Compares one field. `field` is a path, its parts joined by dots: `app_metadata.plan`. */
export type Comparison =
  | { readonly kind: 'equals'; readonly field: string; readonly value: Comparable }
  /** Texts in this order, with anything between them: `['john', '']` begins with "john". At least two. */
  | { readonly kind: 'like'; readonly field: string; readonly parts: readonly string[] }
  | { readonly kind: 'range'; readonly field: string; readonly from?: Bound; readonly to?: Bound }
  | { readonly kind: 'exists'; readonly field: string };

export type Comparable = string | number | boolean;

export interface Bound {
  readonly value: string | number;
  readonly inclusive: boolean;
}

/** Rows without the field come last in both directions. */
export interface Order {
  readonly field: string;
  readonly descending: boolean;
}
