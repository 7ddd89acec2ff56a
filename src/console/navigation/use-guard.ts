import { useEffect, useEffectEvent } from 'react';
import { currentSession } from '../console-session.ts';
import { setLeaveGuard } from './location.ts';

/**
 * Asks the user before unsaved work is lost, either by leaving the screen or by closing the page.
 *
 * @param dirty whether there is unsaved work
 * @param discard drops the unsaved work when the user chooses to leave
 * @example
 * useGuard(dirty, work.discard);
 */
export function useGuard(dirty: boolean, discard?: () => void): void {
  const discardWork = useEffectEvent(() => discard?.());
  useEffect(() => {
    if (!dirty) return;
    setLeaveGuard(discardWork);
    // The end of the session always leaves the page, so there is nothing to ask.
    const warn = (leaving: BeforeUnloadEvent) => currentSession() !== undefined && leaving.preventDefault();
    addEventListener('beforeunload', warn);
    return () => {
      setLeaveGuard(undefined);
      removeEventListener('beforeunload', warn);
    };
  }, [dirty]);
}
