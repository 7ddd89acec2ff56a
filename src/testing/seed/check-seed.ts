import { findSimilarName } from '../../configuration/similar-name.ts';
import { Problem } from '../../problem/problem.ts';
import type { Seed, SeedOmission } from './seed.ts';
import { NESTED_MEMBERS, OBSOLETE_KINDS, SEED_KINDS, USER_MEMBERS } from './seed-kinds.ts';

/**
 * Checks the form of a seed: its kinds, and its users. What a resource may contain is for the tenant to say.
 *
 * @param subject the seed, for the error
 * @param omit called for a kind that is unknown and resembles none: a later version of the deploy CLI may have written it. Absent: it
 *   is a mistake
 * @throws {Problem} `seed_invalid`
 * @example checkSeed({ clients: [{ name: 'APEX' }] }, 'The seed', undefined)
 */
export function checkSeed(
  value: unknown,
  subject: string,
  file: string | undefined,
  omit?: (omission: SeedOmission) => void,
): Seed {
  const mistakes: string[] = [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem('seed_invalid', `${subject} is no object of kinds, such as clients and roles.`, undefined, {
      file,
    });
  }
  const seed: Record<string, unknown> = { ...value };
  for (const [kind, content] of Object.entries(value)) {
    const shape = SEED_KINDS[kind];
    if (shape === undefined && !(kind in OBSOLETE_KINDS)) {
      delete seed[kind];
      if (omit === undefined || similarName(kind, KINDS) !== undefined) mistakes.push(unknownName(kind, KINDS));
      else omit({ kind, reason: 'This version of Portcullis knows no such kind.' });
    }
    // The deploy CLI writes null for a kind that it has nothing of.
    else if (shape !== undefined && content !== null && content !== undefined)
      mistakes.push(...shapeMistakes(kind, content, shape));
  }
  if (mistakes.length === 0) return seed as Seed;
  const count = mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`;
  const lines = mistakes.slice(0, MOST_LINES).map((mistake) => `  ${mistake}`);
  if (mistakes.length > MOST_LINES) lines.push(`  … and ${mistakes.length - MOST_LINES} more`);
  throw new Problem('seed_invalid', [`${subject} has ${count}:`, ...lines].join('\n'), undefined, { file });
}

const MOST_LINES = 20;
const KINDS = Object.keys(SEED_KINDS);

function shapeMistakes(kind: string, content: unknown, shape: 'list' | 'object'): string[] {
  if (shape === 'object') {
    if (!isObject(content)) return [`${kind}: expected an object, found ${nameOf(content)}.`];
    if (kind !== 'triggers') return nestedMistakes(kind, content, kind);
    return Object.entries(content).flatMap(([trigger, bindings]) => listMistakes(bindings, `triggers.${trigger}`));
  }
  if (!Array.isArray(content)) return [`${kind}: expected a list, found ${nameOf(content)}.`];
  return content.flatMap((one, index) => {
    if (!isObject(one)) return [`${kind}[${index}]: expected an object, found ${nameOf(one)}.`];
    const at = `${kind}[${index}]`;
    return kind === 'users' ? userMistakes(one, at) : nestedMistakes(kind, one, at);
  });
}

function nestedMistakes(kind: string, resource: Readonly<Record<string, unknown>>, at: string): string[] {
  return Object.entries(NESTED_MEMBERS[kind] ?? {}).flatMap(([member, shape]) => {
    const value = resource[member];
    if (value === undefined) return [];
    if (shape === 'list') return listMistakes(value, `${at}.${member}`);
    if (shape === 'object')
      return isObject(value) ? [] : [`${at}.${member}: expected an object, found ${nameOf(value)}.`];
    const areNames = Array.isArray(value) && value.every((name) => typeof name === 'string');
    return areNames ? [] : [`${at}.${member}: expected a list of names.`];
  });
}

function listMistakes(value: unknown, at: string): string[] {
  const areObjects = Array.isArray(value) && value.every(isObject);
  return areObjects ? [] : [`${at}: expected a list of objects.`];
}

function userMistakes(user: Readonly<Record<string, unknown>>, at: string): string[] {
  const mistakes = Object.keys(user)
    .filter((member) => !USER_MEMBERS.includes(member))
    .map((member) => `${at}.${unknownName(member, USER_MEMBERS)}`);
  if (user.email === undefined && user.username === undefined && user.phone_number === undefined) {
    mistakes.push(`${at}: a user has an email, a username or a phone_number.`);
  }
  for (const member of ['roles', 'organizations']) {
    const names = user[member];
    if (names !== undefined && !(Array.isArray(names) && names.every((name) => typeof name === 'string')))
      mistakes.push(`${at}.${member}: expected a list of names.`);
  }
  for (const member of ['password', 'connection', 'otp', 'user_id', 'email', 'username', 'phone_number']) {
    if (user[member] !== undefined && typeof user[member] !== 'string')
      mistakes.push(`${at}.${member}: expected a text.`);
  }
  return mistakes;
}

function unknownName(name: string, known: readonly string[]): string {
  const similar = similarName(name, known);
  return `${name}: there is no such name.${similar === undefined ? '' : ` Did you mean "${similar}"?`}`;
}

/** The shortest first: a name may be the beginning of several. */
function similarName(name: string, known: readonly string[]): string | undefined {
  return findSimilarName(
    name,
    [...known].sort((one, another) => one.length - another.length),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'nothing' : `a ${typeof value === 'object' ? 'map' : typeof value}`;
}
