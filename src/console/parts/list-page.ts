import { useState } from 'react';
import { setParameters, useAddress } from '../navigation/location.ts';
import { pageOf } from './pager.tsx';

/** Which page of a list is shown, from 0 on, and going to another. */
export interface ListPage {
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/**
 * Keeps the page in the address, so that it can be linked to: for the one list that a screen is about.
 *
 * @example
 * const roles = useList(usePageInAddress(), { path: 'roles', rows: ({ roles }: Roles) => roles });
 */
export function usePageInAddress(): ListPage {
  return { page: pageOf(useAddress()), onPage: (page) => setParameters({ page: String(page + 1) }) };
}

/**
 * Keeps the page while the list is shown: for a list that is a part of a screen.
 *
 * @example
 * const members = useList(usePageHere(), { path: `roles/${id}/users`, rows: ({ users }: Members) => users });
 */
export function usePageHere(): ListPage {
  const [page, onPage] = useState(0);
  return { page, onPage };
}
