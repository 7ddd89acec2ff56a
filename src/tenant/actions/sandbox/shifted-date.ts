/**
 * A `Date` whose current time is ahead. All else is the original's, `instanceof` included. Its `now` is its own: a test that replaces it
 * changes this `Date` alone, and may put it back to any other.
 *
 * @param original the `Date` to start from
 * @param offset returns how many milliseconds it is ahead
 * @example
 * globalThis.Date = shiftedDate(Date, () => 60_000);
 */
export function shiftedDate(original: DateConstructor, offset: () => number): DateConstructor {
  const { now: originalNow } = original;
  const now = () => originalNow.call(original) + offset();
  const shifted = function (this: unknown, ...values: []): unknown {
    if (new.target === undefined) return new original(now()).toString();
    const target = (new.target as unknown) === shifted ? original : new.target;
    return Reflect.construct(original, values.length === 0 ? [now()] : values, target);
  };
  Object.setPrototypeOf(shifted, original);
  Object.defineProperties(shifted, {
    name: { value: original.name, configurable: true },
    length: { value: original.length, configurable: true },
    prototype: { value: original.prototype, writable: false },
    now: { value: now, writable: true, configurable: true },
  });
  return shifted as unknown as DateConstructor;
}
