import { useEffect, useEffectEvent, useRef } from 'react';
import { navigate } from '../navigation/location.ts';
import { menu } from './menu.ts';

export type ShellDialog = 'palette' | 'shortcuts';

/** Milliseconds in which the second key of a shortcut must follow. */
const SECOND_KEY_MS = 1200;

/**
 * The shortcuts of the whole console: Ctrl+K, `?`, `/`, and `g` with the key of a screen. They are off while the user types and while a
 * dialog is open.
 *
 * @param onDialog opens a dialog
 */
export function useShortcuts(onDialog: (dialog: ShellDialog) => void): void {
  const leader = useRef(0);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      onDialog('palette');
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const isSecond = event.timeStamp - leader.current < SECOND_KEY_MS;
    leader.current = 0;
    if (isSecond) {
      const entry = menu.flatMap(({ entries }) => entries).find(({ shortcut }) => shortcut === event.key);
      if (entry === undefined) return;
      event.preventDefault();
      navigate(entry.path);
    } else if (event.key === 'g') leader.current = event.timeStamp;
    else if (event.key === '?') onDialog('shortcuts');
    else if (event.key === '/') {
      const search = document.querySelector<HTMLElement>('main input[type=search]');
      if (search === null) return;
      event.preventDefault();
      search.focus();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
