const MOST_MEMBERS = 25;
const LONGEST = 255;
const KEY = /^[A-Za-z0-9_-]*$/;

/** The changed metadata of a session or a refresh token, complete; `undefined` if nothing changed. */
type Changed = Record<string, string> | undefined;

/**
 * Opens the metadata of a session or a refresh token, with Auth0's limits: the next call sees the changes.
 *
 * @param whose the name in errors
 */
export function openMetadata(present: unknown, whose: 'session' | 'refresh token') {
  let members = new Map(Object.entries((present ?? {}) as Record<string, string>));
  return {
    /**
     * `null` removes a member.
     *
     * @throws Error in Auth0's words for a key, a value or a number of members that it does not accept
     */
    set(key: unknown, value: unknown): Changed {
      if (typeof key !== 'string') throw failed(whose, 'Metadata key must be a string');
      const next = new Map(members);
      if (value === null) {
        if (!next.delete(key)) return undefined;
      } else {
        if (typeof value !== 'string') throw failed(whose, 'Metadata value must be a string');
        next.set(key, value);
        const problem = problemOf(next);
        if (problem !== undefined) throw failed(whose, problem);
      }
      members = next;
      return Object.fromEntries(members);
    },
    delete(key: unknown): Changed {
      return members.delete(String(key)) ? Object.fromEntries(members) : undefined;
    },
    evict(): Changed {
      if (members.size === 0) return undefined;
      members = new Map();
      return {};
    },
  };
}

function problemOf(members: ReadonlyMap<string, string>): string | undefined {
  if (members.size > MOST_MEMBERS) return `Metadata must not contain more than ${MOST_MEMBERS} entries`;
  for (const [key, value] of members) {
    if (key.length > LONGEST) return `All metadata keys must be at most ${LONGEST} characters long`;
    if (key === '' || !KEY.test(key)) {
      return 'Metadata keys may only include letters, numbers, underscores, or hyphens';
    }
    if (value.length > LONGEST) return `All metadata values must be at most ${LONGEST} characters long`;
    if (value.includes('\0')) return 'Metadata values must not contain null bytes (\\x00)';
  }
  return undefined;
}

function failed(whose: string, problem: string): Error {
  return new Error(`Failed to set ${whose} metadata: Invalid metadata: ${problem}`);
}

/** @throws Error for a value that is not a time in milliseconds since 1970 */
export function moment(name: string, value: unknown): number {
  if (!value) throw new Error('Either inactivity or absolute expiration time must be provided');
  if (typeof value !== 'number' || !Number.isSafeInteger(Math.floor(value))) {
    throw new TypeError(`${name} takes a time in milliseconds since 1970.`);
  }
  return Math.floor(value);
}
