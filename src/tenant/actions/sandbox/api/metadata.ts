const MOST_MEMBERS = 25;
const LONGEST = 255;
const KEY = /^[A-Za-z0-9_-]{1,255}$/;

/** Metadata of a session or a refresh token, as Auth0 limits it: changes are seen by the next call. */
export function openMetadata(present: unknown) {
  const members = new Map(Object.entries((present ?? {}) as Record<string, string>));
  return {
    /** @throws Error for a key, a value or a number of members that Auth0 does not take */
    set(key: unknown, value: unknown): Record<string, string> {
      const name = checkedKey(key);
      if (typeof value !== 'string') throw new TypeError('The metadata value must be a string.');
      if (value.length > LONGEST) throw new Error(`The metadata value must not exceed ${LONGEST} characters.`);
      if (!members.has(name) && members.size >= MOST_MEMBERS) {
        throw new Error(`The metadata must not have more than ${MOST_MEMBERS} keys.`);
      }
      members.set(name, value);
      return Object.fromEntries(members);
    },
    delete(key: unknown): Record<string, string> {
      members.delete(checkedKey(key));
      return Object.fromEntries(members);
    },
    evict(): Record<string, string> {
      members.clear();
      return {};
    },
  };
}

/** @throws Error for what is no moment: milliseconds since 1970, still to come */
export function moment(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(Math.floor(value))) {
    throw new TypeError(`${name} takes a time in milliseconds since 1970.`);
  }
  return Math.floor(value);
}

function checkedKey(key: unknown): string {
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new Error('The metadata key must be 1 to 255 letters, digits, "_" or "-".');
  }
  return key;
}
