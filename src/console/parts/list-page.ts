import { useState } from 'react';
import { setParameters, useAddress } from '../navigation/location.ts';
import { pageOf } from './pager.tsx';

/** The current page of a list, starting at 0, and a function that changes it. */
export interface ListPage {
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/**
 * Keeps the page in the address, so that it can be linked to. For the main list of a screen.
 *
 * @example
 * const roles = useList(usePageInAddress(), { path: 'roles', rows: ({ roles }: Roles) => roles });
 */
export function usePageInAddress(): ListPage {
  return { page: pageOf(useAddress()), onPage: (page) => setParameters({ page: String(page + 1) }) };
}

/**
 * Keeps the page while the list is shown. For a list that is only a part of a screen.
 *
 * @example
 * const members = useList(usePageInComponent(), { path: `roles/${id}/users`, rows: ({ users }: Members) => users });
 */
export function usePageInComponent(): ListPage {
  const [page, onPage] = useState(0);
  return { page, onPage };
}
