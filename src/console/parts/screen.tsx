import { type ReactNode, useEffect } from 'react';
import { Link } from '../navigation/link.tsx';

/** The head of a screen, and what is on it. */
export function Screen(props: {
  title: string;
  /** What leads up: the list that it is one of. */
  up?: { label: string; path: string };
  /** Buttons of the whole screen. */
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
