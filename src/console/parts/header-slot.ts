import { createContext } from 'react';

/** The element of the header that a screen puts its place into. */
export const HeaderSlot = createContext<HTMLElement | null>(null);
