import { Inbox, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** The placeholder of an empty list: what belongs here, and how to add it. */
export function Empty(props: { title: string; icon?: LucideIcon; children?: ReactNode }) {
  return (
    <div className="empty">
      <span className="mark">
        <Icon of={props.icon ?? Inbox} size={20} />
      </span>
      <p>
        <strong>{props.title}</strong>
      </p>
      {props.children}
    </div>
  );
}
