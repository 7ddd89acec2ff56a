/** What is looked for in a table: the store's own form of a search, whatever language it was asked in. */
export type Search =
  | { readonly kind: 'everything' }
  /** An empty `and` is everything, an empty `or` is nothing. */
  | { readonly kind: 'and' | 'or'; readonly of: readonly Search[] }
  | { readonly kind: 'not'; readonly of: Search }
  | Comparison;

/** One field compared. `field` is a path, its parts joined by dots: `app_metadata.plan`. */
export type Comparison =
  | { readonly kind: 'equals'; readonly field: string; readonly value: Comparable }
  /** Texts that follow one another with anything between them: `['john', '']` begins with "john". At least two. */
  | { readonly kind: 'like'; readonly field: string; readonly parts: readonly string[] }
  | { readonly kind: 'range'; readonly field: string; readonly from?: Bound; readonly to?: Bound }
  | { readonly kind: 'exists'; readonly field: string };

export type Comparable = string | number | boolean;

export interface Bound {
  readonly value: string | number;
  readonly inclusive: boolean;
}

/** Those without the field come last, whatever the direction. */
export interface Order {
  readonly field: string;
  readonly descending: boolean;
}
