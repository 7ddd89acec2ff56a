import { LogOut, Menu, Monitor, Moon, Search, Sun } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { ConsoleSession } from '../console-session.ts';
import { useReachable } from '../management/reachability.ts';
import { Link } from '../navigation/link.tsx';
import { pageSettings } from '../page-settings.ts';
import { Avatar } from '../parts/avatar.tsx';
import { HeaderSlot } from '../parts/header-slot.ts';
import { Icon } from '../parts/icon.tsx';
import { Logo } from '../parts/logo.tsx';
import { signOut } from '../sign-in/sign-out.ts';
import { loadOtherScreens } from './current-screen.tsx';
import { entryOf, menu } from './menu.ts';
import { type ShellDialog, useShortcuts } from './use-shortcuts.ts';
import { useTheme } from './use-theme.ts';

const loadPalette = () => import('./palette.tsx').then((loaded) => ({ default: loaded.Palette }));
const Palette = lazy(loadPalette);
const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then((loaded) => ({ default: loaded.ShortcutsDialog })),
);

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The frame of every screen: the menu, the header, the signed-in user, and a notice while the tenant does not answer. */
export function Shell({ path, session, children }: { path: string; session: ConsoleSession; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [dialog, setDialog] = useState<ShellDialog>();
  const [header, setHeader] = useState<HTMLElement | null>(null);
  const reachable = useReachable();
  const main = useRef<HTMLElement>(null);
  const visiblePath = useRef(path);
  const current = entryOf(path);
  // The event of a dialog that closes may come after the next one was opened.
  const close = (closed: ShellDialog) => setDialog((open) => (open === closed ? undefined : open));
  useShortcuts(setDialog);
  // Loaded early: keys right after Ctrl+K should reach the palette, and a screen should open at once.
  useEffect(() => {
    loadPalette()
      .then(loadOtherScreens)
      // Whatever needs the code asks for it again, and reports it.
      .catch(() => {});
  }, []);
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
      <nav id="menu" className={open ? 'menu open' : 'menu'} aria-label="Screens">
        <div className="brand">
          <Logo />
          <span>
            Portcullis
            <span className="muted">{new URL(pageSettings.issuer).host}</span>
          </span>
        </div>
        {menu.map((group) => (
          <section key={group.label}>
            <h2>{group.label}</h2>
            <ul>
              {group.entries.map((entry) => (
                <li key={entry.path}>
                  <Link to={entry.path} current={entry.path === current}>
                    <Icon of={entry.icon} />
                    {entry.label}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <div className="who">
          <Avatar name={session.name} />
          <span className="name" title={session.name}>
            {session.name}
          </span>
          <button type="button" className="quiet only-icon" aria-label="Sign out" title="Sign out" onClick={signOut}>
            <Icon of={LogOut} />
          </button>
        </div>
      </nav>
      {open && <div className="curtain" aria-hidden="true" onClick={() => setOpen(false)} />}
      <div className="place">
        <header className="top">
          <button
            type="button"
            className="menu-button quiet only-icon"
            aria-label="Menu"
            aria-expanded={open}
            aria-controls="menu"
            onClick={() => setOpen(!open)}
          >
            <Icon of={Menu} size={18} />
          </button>
          <nav className="crumbs" aria-label="Place" ref={setHeader} />
          <button type="button" className="find" aria-keyshortcuts="Control+K" onClick={() => setDialog('palette')}>
            <Icon of={Search} />
            <span>Go to…</span>
            <kbd>{isMac ? '⌘' : 'Ctrl'} K</kbd>
          </button>
          <ThemeButton />
        </header>
        <main id="screen" ref={main} className="screen" tabIndex={-1}>
          <HeaderSlot value={header}>{children}</HeaderSlot>
        </main>
      </div>
      <Suspense fallback={null}>
        {dialog === 'palette' && (
          <Palette onClose={() => close('palette')} onShortcuts={() => setDialog('shortcuts')} />
        )}
        {dialog === 'shortcuts' && <ShortcutsDialog onClose={() => close('shortcuts')} />}
      </Suspense>
      <div className="unreachable" role="status">
        {!reachable && 'The tenant does not answer. This page continues by itself when it is back.'}
      </div>
    </div>
  );
}

const themes = {
  system: { icon: Monitor, label: 'Colours: as the system' },
  light: { icon: Sun, label: 'Colours: light' },
  dark: { icon: Moon, label: 'Colours: dark' },
};

function ThemeButton() {
  const { theme, change } = useTheme();
  const { icon, label } = themes[theme];
  return (
    <button type="button" className="quiet only-icon" aria-label={label} title={label} onClick={change}>
      <Icon of={icon} />
    </button>
  );
}
