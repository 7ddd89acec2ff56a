import type { ReactNode } from 'react';

/** A state or an outcome in a word or two. */
export function Badge({ look, children }: { look?: 'good' | 'warning' | 'bad'; children: ReactNode }) {
  return <span className={look === undefined ? 'badge' : `badge ${look}`}>{children}</span>;
}
