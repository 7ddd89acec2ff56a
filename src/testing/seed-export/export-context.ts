import type { Members, SeedOmission } from '../seed/seed.ts';
import type { SeedApi } from '../seed/seed-api.ts';

/** The state of one export. */
export interface ExportContext {
  readonly api: SeedApi;
  /** Client ID of the application that reads the tenant, which no other tenant has. */
  readonly ownClientId: string;
  /** The names of the applications by client ID, without those that are not exported. */
  readonly clients: Map<string, string>;
  /** Parts of the tenant that the export does not have. */
  readonly omissions: SeedOmission[];
  /**
   * Returns a keyword in place of a secret that a tenant does not return.
   *
   * @example keyword('actions', 'Say the plan', 'API_KEY') // '##ACTIONS_SAY_THE_PLAN_API_KEY##'
   */
  keyword(...words: readonly string[]): string;
}

/** Creates the state of an export. `keywords` receives the names of the keywords. */
export function createExportContext(api: SeedApi, ownClientId: string, keywords: Set<string>): ExportContext {
  return {
    api,
    ownClientId,
    clients: new Map(),
    omissions: [],
    keyword(...words) {
      const name = words
        .join('_')
        .toUpperCase()
        .replaceAll(/[^A-Z0-9]+/g, '_')
        .replace(/^[^A-Z]+/, '');
      let free = name;
      for (let count = 2; keywords.has(free); count += 1) free = `${name}_${count}`;
      keywords.add(free);
      return `##${free}##`;
    },
  };
}

/** A copy with these members only, as far as they are there. */
export function only(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(names.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]]])));
}

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Compares by a member, so that an export has one order, whatever the order of a tenant's lists. */
export function byMember(name: string): (one: Members, another: Members) => number {
  return (one, another) => compareTexts(String(one[name]), String(another[name]));
}

/** Compares by code units: the same order on every machine. */
export function compareTexts(one: string, another: string): number {
  if (one === another) return 0;
  return one < another ? -1 : 1;
}
