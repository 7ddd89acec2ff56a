import { useRef, useState } from 'react';
import { type Loaded, useLoaded } from '../../management/use-loaded.ts';
import type { GateDocument } from './gate-document.ts';
import { type People, type Progress, readPeople } from './people.ts';

/** The error of a reading that the person stopped. */
export const STOPPED = new Error('The reading was stopped.');

/** Everybody, and how far the reading of them is. */
export interface ReadPeople extends Loaded<People> {
  /** Of the reading that is under way. */
  readonly progress: Progress | undefined;
  readonly stop: () => void;
}

/**
 * Reads everybody when it is first shown, and again when it is asked to.
 *
 * @example
 * const people = usePeople(gate);
 * if (people.error === STOPPED) people.reload();
 */
export function usePeople(gate: GateDocument): ReadPeople {
  const [progress, setProgress] = useState<Progress>();
  const stopper = useRef<AbortController>(undefined);
  const people = useLoaded('people at the gate', async (signal) => {
    const own = new AbortController();
    stopper.current = own;
    setProgress(undefined);
    try {
      return await readPeople(gate, AbortSignal.any([signal, own.signal]), (now) => {
        if (!signal.aborted) setProgress(now);
      });
    } catch (error) {
      throw own.signal.aborted ? STOPPED : error;
    }
  });
  return { ...people, progress: people.loading ? progress : undefined, stop: () => stopper.current?.abort() };
}
