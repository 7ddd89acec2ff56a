import type { JsonValue } from '../../../store/json-value.ts';
import type { ApiContext } from './api-context.ts';

const LONGEST_KEY = 64;
const LARGEST_VALUE = 8 * 1024;
const LARGEST_METADATA = 16 * 1024;

/** `api.transaction`: metadata that later Actions of the same login see in `event.transaction.metadata`, also after a redirect. */
export function transactionApi({ collector, event }: ApiContext) {
  // Separate from the event, since the Action may change its event.
  let metadata = new Map(Object.entries(event.transaction?.metadata ?? {}));
  return {
    setMetadata(name: unknown, value: unknown): void {
      collector.record('transaction.setMetadata', [name, value]);
      if (typeof name !== 'string' || name === '') throw new Error('The metadata key must be a non-empty string.');
      if (name.length > LONGEST_KEY) throw new Error(`The metadata key must not exceed ${LONGEST_KEY} characters.`);
      const changed = new Map(metadata);
      if (value === null || value === undefined) changed.delete(name);
      else changed.set(name, scalar(value));
      const next = Object.fromEntries(changed);
      if (Buffer.byteLength(JSON.stringify(next)) > LARGEST_METADATA) {
        throw new Error(`The transaction metadata must not exceed ${LARGEST_METADATA / 1024} KB in total.`);
      }
      metadata = changed;
      event.transaction ??= {};
      event.transaction.metadata = { ...next };
      collector.effects.transactionMetadata = next;
    },
  };
}

function scalar(value: unknown): JsonValue {
  if (
    typeof value !== 'string' &&
    typeof value !== 'boolean' &&
    !(typeof value === 'number' && Number.isFinite(value))
  ) {
    throw new Error('The metadata value must be a string, a number or a boolean.');
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new Error('A number in the metadata must be a safe integer. Set a larger one as a string.');
  }
  if (Buffer.byteLength(String(value)) > LARGEST_VALUE) {
    throw new Error(`The metadata value must not exceed ${LARGEST_VALUE / 1024} KB.`);
  }
  return value;
}
