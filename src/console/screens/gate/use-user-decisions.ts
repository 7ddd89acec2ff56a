import { useRef, useState } from 'react';
import { type Loaded, useLoaded } from '../../management/use-loaded.ts';
import type { GateDocument } from './gate-document.ts';
import { type Progress, readUsers, type UserDecisions } from './read-users.ts';

/** The error of a reading that the user stopped. */
export const STOPPED = new Error('Reading the users was stopped.');

/** The decisions about all users, and the progress of reading them. */
export interface LoadedDecisions extends Loaded<UserDecisions> {
  /** Progress of the current reading. */
  readonly progress: Progress | undefined;
  readonly stop: () => void;
}

/**
 * Reads all users and decides about them when the component appears, and on every reload.
 *
 * @example
 * const users = useUserDecisions(gate);
 * if (users.error === STOPPED) users.reload();
 */
export function useUserDecisions(gate: GateDocument): LoadedDecisions {
  const [progress, setProgress] = useState<Progress>();
  const stopper = useRef<AbortController>(undefined);
  const users = useLoaded('user decisions', async (signal) => {
    const own = new AbortController();
    stopper.current = own;
    setProgress(undefined);
    try {
      return await readUsers(gate, AbortSignal.any([signal, own.signal]), (now) => {
        if (!signal.aborted) setProgress(now);
      });
    } catch (error) {
      throw own.signal.aborted ? STOPPED : error;
    }
  });
  return { ...users, progress: users.loading ? progress : undefined, stop: () => stopper.current?.abort() };
}
