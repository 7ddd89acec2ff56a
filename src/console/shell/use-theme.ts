import { useSyncExternalStore } from 'react';
import { currentTheme, setTheme, subscribeToTheme, type Theme } from './theme.ts';

const after: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

/** The chosen colours, and a function that changes them to the next ones. The component renders again when they change. */
export function useTheme(): { readonly theme: Theme; readonly next: Theme; readonly change: () => void } {
  const theme = useSyncExternalStore(subscribeToTheme, currentTheme);
  const next = after[theme];
  return { theme, next, change: () => setTheme(next) };
}
