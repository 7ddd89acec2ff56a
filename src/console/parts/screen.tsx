import { ChevronRight } from 'lucide-react';
import { type ReactNode, useContext, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { Link } from '../navigation/link.tsx';
import { HeaderSlot } from './header-slot.ts';
import { Icon } from './icon.tsx';

/** A screen with its heading. The header of the page shows the place of the screen. */
export function Screen(props: {
  title: string;
  /** Link to the list that the subject of the screen is in. */
  up?: { label: string; path: string };
  /** A drawing of the subject, in front of the heading. */
  mark?: ReactNode;
  /** Buttons that apply to the whole screen. */
  actions?: ReactNode;
  introduction?: ReactNode;
  children: ReactNode;
}) {
  const { title, up, mark, actions, introduction, children } = props;
  const header = useContext(HeaderSlot);
  useEffect(() => {
    document.title = `${title} · Portcullis`;
  }, [title]);
  const place = (
    <>
      {up && (
        <>
          <Link to={up.path}>{up.label}</Link>
          <Icon of={ChevronRight} size={14} />
        </>
      )}
      <span aria-current="page">{title}</span>
    </>
  );
  return (
    <>
      {header && createPortal(place, header)}
      <div className="head">
        <div className="subject">
          {mark}
          <div>
            <h1>{title}</h1>
            {introduction && <p className="introduction">{introduction}</p>}
          </div>
        </div>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}
