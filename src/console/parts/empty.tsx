import type { ReactNode } from 'react';

/** Where there is nothing yet: what would be here, and how it comes about. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
