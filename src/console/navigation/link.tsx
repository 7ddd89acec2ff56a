import type { MouseEvent, ReactNode } from 'react';
import { navigate } from './location.ts';

/** A link to another screen. It opens in another tab as any other link does. */
export function Link(props: { to: string; children: ReactNode; className?: string; current?: boolean }) {
  const { to, children, className, current } = props;
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a
      href={to}
      onClick={follow}
      // A card that holds the link may be dragged; the browser would drag the address instead.
      draggable={false}
      {...(className && { className })}
      {...(current && { 'aria-current': 'page' as const })}
    >
      {children}
    </a>
  );
}
