import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ConsoleSession } from '../console-session.ts';
import { useReachable } from '../management/reachability.ts';
import { Link } from '../navigation/link.tsx';
import { pageSettings } from '../page-settings.ts';
import { signOut } from '../sign-in/sign-out.ts';
import { menu } from './menu.ts';

/** The menu without the screens whose document this tenant does not serve. */
const visibleMenu = menu
  .map(({ label, entries }) => ({
    label,
    entries: entries.filter((entry) => entry.document === undefined || pageSettings.documents.includes(entry.document)),
  }))
  .filter(({ entries }) => entries.length > 0);

/** The frame of every screen: the menu, the signed-in user, and a notice while the tenant does not answer. */
export function Shell({ path, session, children }: { path: string; session: ConsoleSession; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const reachable = useReachable();
  const main = useRef<HTMLElement>(null);
  const visiblePath = useRef(path);
  useEffect(() => {
    if (visiblePath.current === path) return;
    visiblePath.current = path;
    setOpen(false);
    // Screen readers and keyboards start at the new screen.
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className="shell">
      <a className="skip" href="#screen">
        Skip to the screen
      </a>
      <header className="top">
        <button
          type="button"
          className="menu-button"
          aria-expanded={open}
          aria-controls="menu"
          onClick={() => setOpen(!open)}
        >
          Menu
        </button>
        <span className="brand">
          Portcullis <span className="muted">local tenant {new URL(pageSettings.issuer).host}</span>
        </span>
        <span className="who">
          <span className="muted">{session.name}</span>
          <button type="button" onClick={signOut}>
            Sign out
          </button>
        </span>
      </header>
      <nav id="menu" className={open ? 'menu open' : 'menu'} aria-label="Screens">
        {visibleMenu.map((group) => (
          <section key={group.label}>
            <h2>{group.label}</h2>
            <ul>
              {group.entries.map((entry) => (
                <li key={entry.path}>
                  <Link to={entry.path} current={path === entry.path || path.startsWith(`${entry.path}/`)}>
                    {entry.label}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <main id="screen" ref={main} className="screen" tabIndex={-1}>
        {children}
      </main>
      <div className="unreachable" role="status">
        {!reachable && 'The tenant does not answer. This page continues by itself when it is back.'}
      </div>
    </div>
  );
}
