import { useEffect, useEffectEvent, useState } from 'react';
import { useReturns } from './reachability.ts';

/** What is being read, was read, or could not be read. */
export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly error: unknown;
  readonly loading: boolean;
  /** Reads it again; what was read before stays until then. */
  readonly reload: () => void;
}

/**
 * Reads something when it is first shown, whenever `key` is another, and when the tenant is back after it was gone.
 *
 * @example
 * const roles = useLoaded(`roles ${page}`, (signal) => manage.get<Roles>('roles', { page }, signal));
 */
export function useLoaded<Value>(key: string, load: (signal: AbortSignal) => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ key: string; value?: Value; error?: unknown; loading: boolean }>({
    key,
    loading: true,
  });
  const [turn, setTurn] = useState(0);
  const returns = useReturns();
  const start = useEffectEvent((signal: AbortSignal) => load(signal));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key, and being asked again, are what makes it read.
  useEffect(() => {
    const controller = new AbortController();
    setState((before) => (before.key === key ? { ...before, loading: true } : { key, loading: true }));
    start(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) setState({ key, value, loading: false });
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setState((before) => ({ ...before, key, error, loading: false }));
      },
    );
    return () => controller.abort();
  }, [key, turn, returns]);
  const current = state.key === key ? state : { key, loading: true };
  return {
    value: current.value,
    error: 'error' in current ? current.error : undefined,
    loading: current.loading,
    reload: () => setTurn((before) => before + 1),
  };
}
