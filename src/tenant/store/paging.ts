/** A part of a list, and the length of the whole list. */
export interface Page<Row> {
  readonly rows: Row[];
  /** Counted when it is first read. */
  readonly total: number;
  /** The place of each row, for lists that can be continued after a place. */
  readonly positions?: readonly ListPosition[];
}

/** A place in a list. It stays valid when rows are added or removed. */
export type ListPosition = number | string;

/** Selects a part of a list. `page` counts from 0. */
export interface Paging {
  readonly page: number;
  readonly perPage: number;
  /** Counts pages from after this place, in lists whose pages have positions. */
  readonly after?: ListPosition;
}
