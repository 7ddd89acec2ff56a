import { AsyncLocalStorage } from 'node:async_hooks';

/** Tells what a run does from what an earlier one left running in the same process. */
export interface RunContext {
  /** Runs the work, and whatever comes of it, as the run's own. */
  within<Result>(run: number, work: () => Result): Result;
  /** Whether what happens now is known to be of another run. */
  isOfAnother(run: number): boolean;
}

/** As Auth0's runner does, by the context that Node carries along. */
export function createRunContext(): RunContext {
  const storage = new AsyncLocalStorage<number>();
  // Kept before the Action's code can put its own in their place.
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
