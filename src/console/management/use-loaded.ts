import { useEffect, useEffectEvent, useState } from 'react';
import { useReturns } from './reachability.ts';

/** A value that is being read, was read, or could not be read. */
export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly error: unknown;
  readonly loading: boolean;
  /** Reads the value again. The current one stays until then. */
  readonly reload: () => void;
}

/**
 * Reads a value when the component appears, when `key` changes, and when the tenant is back after it did not answer.
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key, a reload and a return of the tenant start a read.
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
