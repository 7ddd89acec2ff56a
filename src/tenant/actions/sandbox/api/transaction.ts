import type { JsonValue } from '../../../store/records.ts';
import type { ApiContext } from './api-context.ts';

const LONGEST_KEY = 64;
const LARGEST_VALUE = 8 * 1024;
const LARGEST_METADATA = 16 * 1024;

/** `api.transaction`: what later Actions of the same login see in `event.transaction.metadata`, also after a redirect. */
export function transactionApi({ collector, event }: ApiContext) {
  return {
    setMetadata(name: unknown, value: unknown): void {
      collector.note('transaction.setMetadata', [name, value]);
      if (typeof name !== 'string' || name === '') throw new Error('The metadata key must be a non-empty string.');
      if (name.length > LONGEST_KEY) throw new Error(`The metadata key must not exceed ${LONGEST_KEY} characters.`);
      event.transaction ??= {};
      const metadata = new Map(Object.entries(event.transaction.metadata ?? {}));
      if (value === null || value === undefined) metadata.delete(name);
      else metadata.set(name, scalar(value));
      const next = Object.fromEntries(metadata);
      if (Buffer.byteLength(JSON.stringify(next)) > LARGEST_METADATA) {
        throw new Error(`The transaction metadata must not exceed ${LARGEST_METADATA / 1024} KB in total.`);
      }
      event.transaction.metadata = next;
      // A copy: what the Action writes into its event is its own affair.
      collector.effects.transactionMetadata = { ...next };
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
  if (Buffer.byteLength(String(value)) > LARGEST_VALUE) {
    throw new Error(`The metadata value must not exceed ${LARGEST_VALUE / 1024} KB.`);
  }
  return value;
}
