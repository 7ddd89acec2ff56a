import type { Sdk } from './sdk-dialect.ts';

/** The families whose every method is called, if a version has them. */
const families = new Set([
  ...['actions', 'roles', 'users', 'usersByEmail', 'clients', 'clientGrants', 'resourceServers', 'connections'],
  ...['logs', 'jobs', 'tenant', 'tenants', 'organizations', 'stats', 'tickets'],
]);
/** Members that version 4's managers inherit to send requests. */
const plumbing = new Set(['request', 'fetch', 'fetchApi', 'fetchWithTimeout', 'createFetchParams', 'parseError']);

/** Every method that the SDK has in those families, as `roles.users.list`, and the methods that were called. */
export interface RecordedCalls {
  readonly methods: readonly string[];
  readonly called: ReadonlySet<string>;
}

/** Finds the methods in the installed SDK itself, not from a list. */
export function recordCalls(management: Sdk): RecordedCalls {
  const methods: string[] = [];
  const called = new Set<string>();
  const visit = (part: Sdk, path: string) => {
    for (const [name, isMethod] of membersOf(part, management)) {
      const full = path === '' ? name : `${path}.${name}`;
      if (path === '' && !families.has(name)) continue;
      if (!isMethod) {
        visit(part[name], full);
      } else if (!plumbing.has(name)) {
        methods.push(full);
        const own = part[name];
        part[name] = function record(this: unknown, ...given: unknown[]) {
          called.add(full);
          return own.apply(this, given);
        };
      }
    }
  };
  visit(management, '');
  return { methods, called };
}

/** Public methods and parts, regardless of where they are defined: on the object, or as methods and getters of a class. */
function membersOf(part: Sdk, whole: Sdk): Map<string, boolean> {
  const members = new Map<string, boolean>();
  for (let each = part; each !== null && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(each))) {
      if (name === 'constructor' || name.startsWith('_') || members.has(name)) continue;
      if (typeof value === 'function') members.set(name, true);
      else if (get !== undefined || (part === whole && typeof value === 'object' && value !== null))
        members.set(name, false);
    }
  }
  return members;
}
