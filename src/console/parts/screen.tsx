import { type ReactNode, useEffect } from 'react';
import { Link } from '../navigation/link.tsx';

/** A screen with its heading. */
export function Screen(props: {
  title: string;
  /** Link to the list that the subject of the screen is in. */
  up?: { label: string; path: string };
  /** Buttons that apply to the whole screen. */
  actions?: ReactNode;
  introduction?: ReactNode;
  children: ReactNode;
}) {
  const { title, up, actions, introduction, children } = props;
  useEffect(() => {
    document.title = `${title} · Portcullis`;
  }, [title]);
  return (
    <>
      {up && (
        <p className="up">
          <Link to={up.path}>← {up.label}</Link>
        </p>
      )}
      <div className="head">
        <h1>{title}</h1>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {introduction && <p className="introduction">{introduction}</p>}
      {children}
    </>
  );
}
