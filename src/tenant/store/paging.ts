/** A part of a list, and how long the whole list is. */
export interface Page<Row> {
  readonly rows: Row[];
  /** Counted when it is read for the first time. */
  readonly total: number;
  /** Where each row stands in the list, where it can be read on from. */
  readonly positions?: readonly ListPosition[];
}

/** A place in a list that stays where it is, whatever is put into the list or taken out of it. */
export type ListPosition = number | string;

/** Which part of a list: `page` counts from 0. */
export interface Paging {
  readonly page: number;
  readonly perPage: number;
  /** Counts the pages from behind this place on, in lists whose pages have positions. */
  readonly after?: ListPosition;
}
