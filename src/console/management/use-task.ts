import { useState } from 'react';

/** An operation that the user starts, with its progress and its error. */
export interface Task<Arguments extends unknown[]> {
  readonly busy: boolean;
  readonly error: unknown;
  readonly run: (...args: Arguments) => Promise<void>;
  readonly forget: () => void;
}

/**
 * Runs an operation and keeps its progress and its error.
 *
 * @example
 * const save = useTask(async (name: string) => { await manage.patch(`roles/${id}`, { name }); });
 * <button disabled={save.busy} onClick={() => save.run(name)}>Save</button>
 */
export function useTask<Arguments extends unknown[]>(work: (...args: Arguments) => Promise<void>): Task<Arguments> {
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  return {
    busy: state.busy,
    error: state.error,
    async run(...args) {
      setState({ busy: true });
      try {
        await work(...args);
        setState({ busy: false });
      } catch (error) {
        setState({ busy: false, error });
      }
    },
    forget: () => setState({ busy: false }),
  };
}
