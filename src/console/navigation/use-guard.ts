import { useEffect, useEffectEvent } from 'react';
import { currentSession } from '../console-session.ts';
import { guardAgainstLoss } from './location.ts';

/**
 * Has a person asked before what is not saved is lost: with the screen, or with the page.
 *
 * @param dirty whether there is something to lose
 * @param discard what is done where the person lets it go
 * @example
 * useGuard(dirty, work.discard);
 */
export function useGuard(dirty: boolean, discard?: () => void): void {
  const letGo = useEffectEvent(() => discard?.());
  useEffect(() => {
    if (!dirty) return;
    guardAgainstLoss(letGo);
    // Where a sign-in ends the page goes, whatever somebody says.
    const warn = (leaving: BeforeUnloadEvent) => currentSession() !== undefined && leaving.preventDefault();
    addEventListener('beforeunload', warn);
    return () => {
      guardAgainstLoss(undefined);
      removeEventListener('beforeunload', warn);
    };
  }, [dirty]);
}
