import type { ReactNode } from 'react';
import type { Loaded } from '../management/use-loaded.ts';
import { ProblemNotice } from './problem-notice.tsx';

/** Shows what was read; until then that it is being read, and why it could not be. */
export function Loads<Value>({ of, children }: { of: Loaded<Value>; children: (value: Value) => ReactNode }) {
  return (
    <>
      <ProblemNotice error={of.error} again={of.reload} />
      {of.value !== undefined && children(of.value)}
      {of.value === undefined && of.error === undefined && (
        <p className="loading" role="status">
          Loading…
        </p>
      )}
    </>
  );
}
