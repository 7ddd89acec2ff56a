import type { ReactNode } from 'react';
import type { Loaded } from '../management/use-loaded.ts';
import { Loading } from './loading.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** Shows a value once it was read; until then a loading notice, or the error. */
export function LoadedContent<Value>({ of, children }: { of: Loaded<Value>; children: (value: Value) => ReactNode }) {
  return (
    <>
      <ProblemNotice error={of.error} again={of.reload} />
      {of.value !== undefined && children(of.value)}
      {of.value === undefined && of.error === undefined && <Loading />}
    </>
  );
}
