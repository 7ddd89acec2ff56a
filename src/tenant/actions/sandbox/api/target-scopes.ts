import type { ApiContext } from './api-context.ts';
import { checkedScope, MOST_SCOPES } from './tokens-api.ts';

/**
 * `api.transaction` of `credentials-exchange`: the scopes of the token, visible at once in `event.transaction.target_scopes`.
 * Scopes that the application's grant does not have are dropped at the end.
 */
export function targetScopesApi({ collector, event }: ApiContext) {
  // Separate from the event, since the Action may change its event.
  let scopes: readonly string[] = [...(event.transaction?.target_scopes ?? [])];
  const change = (next: readonly string[]): void => {
    if (next.length > MOST_SCOPES) throw new Error(`No more than ${MOST_SCOPES} scopes can be added.`);
    scopes = next;
    event.transaction ??= {};
    event.transaction.target_scopes = [...next];
    collector.effects.targetScopes = [...next];
  };
  return {
    addTargetScope(value: unknown): void {
      collector.record('transaction.addTargetScope', [value]);
      change([...new Set([...scopes, targetScope(value)])]);
    },
    removeTargetScope(value: unknown): void {
      collector.record('transaction.removeTargetScope', [value]);
      const removed = targetScope(value);
      change(scopes.filter((scope) => scope !== removed));
    },
    setTargetScopes(values: unknown): void {
      collector.record('transaction.setTargetScopes', [values]);
      if (!Array.isArray(values)) throw new TypeError('The value for scopes must be an array.');
      change([...new Set(values.map(targetScope))]);
    },
    clearTargetScopes(): void {
      collector.record('transaction.clearTargetScopes', []);
      change([]);
    },
  };
}

function targetScope(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('The value for the scope must be a string.');
  return checkedScope(value);
}
