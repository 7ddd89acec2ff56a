/** The colours of the console: those of the system, or always light or dark. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'portcullis.theme';
const listeners = new Set<() => void>();
let current: Theme = storedTheme();

function storedTheme(): Theme {
  const value = localStorage.getItem(key);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** The chosen colours. */
export const currentTheme = () => current;

/** Gives the page the chosen colours. Called before the page is painted, so that it does not flash. */
export function applyTheme(): void {
  if (current === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current;
}

/** Changes the colours of the console in this browser. */
export function setTheme(theme: Theme): void {
  current = theme;
  if (theme === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, theme);
  applyTheme();
  for (const listener of listeners) listener();
}

/** Calls a function at each change of the colours, until the returned function is called. */
export function subscribeToTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
