/**
 * A `Date` whose current time is ahead. All else is the original's, `instanceof` included.
 *
 * @param original the `Date` to start from
 * @param offset returns how many milliseconds it is ahead
 * @example
 * globalThis.Date = shiftedDate(Date, () => 60_000);
 */
export function shiftedDate(original: DateConstructor, offset: () => number): DateConstructor {
  const now = () => original.now() + offset();
  return new Proxy(original, {
    apply: () => new original(now()).toString(),
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
