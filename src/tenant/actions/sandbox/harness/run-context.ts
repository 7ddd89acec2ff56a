import { AsyncLocalStorage } from 'node:async_hooks';

/** Distinguishes the current run from work that an earlier one left running in the same process. */
export interface RunContext {
  /** Runs the work, and everything that it starts, as part of the run. */
  within<Result>(run: number, work: () => Result): Result;
  /** Whether the current code is known to belong to another run. */
  isOfAnother(run: number): boolean;
}

/** Uses the context that Node propagates, as Auth0's runner does. */
export function createRunContext(): RunContext {
  const storage = new AsyncLocalStorage<number>();
  // Stored before the Action's code can replace it.
  const start = storage.run.bind(storage) as AsyncLocalStorage<number>['run'];
  const present = storage.getStore.bind(storage);
  return {
    within: (run, work) => start(run, work),
    isOfAnother(run) {
      const own = present();
      return own !== undefined && own !== run;
    },
  };
}
