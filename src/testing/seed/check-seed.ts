import { findSimilarName } from '../../configuration/similar-name.ts';
import { Problem } from '../../problem/problem.ts';
import type { Seed } from './seed.ts';
import { OBSOLETE_KINDS, SEED_KINDS, USER_MEMBERS } from './seed-kinds.ts';

/**
 * Checks the form of a seed: its kinds, and its users. What a resource may contain is for the tenant to say.
 *
 * @param subject the seed, for the error
 * @throws {Problem} `seed_invalid`
 * @example checkSeed({ clients: [{ name: 'APEX' }] }, 'The seed', undefined)
 */
export function checkSeed(value: unknown, subject: string, file: string | undefined): Seed {
  const mistakes: string[] = [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem('seed_invalid', `${subject} is no object of kinds, such as clients and roles.`, undefined, {
      file,
    });
  }
  for (const [kind, content] of Object.entries(value)) {
    const shape = SEED_KINDS[kind];
    if (shape === undefined && !(kind in OBSOLETE_KINDS)) mistakes.push(unknownName(kind, Object.keys(SEED_KINDS)));
    // The deploy CLI writes null for a kind that it has nothing of.
    else if (shape !== undefined && content !== null && content !== undefined)
      mistakes.push(...shapeMistakes(kind, content, shape));
  }
  if (mistakes.length === 0) return value as Seed;
  const count = mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`;
  const lines = mistakes.slice(0, MOST_LINES).map((mistake) => `  ${mistake}`);
  if (mistakes.length > MOST_LINES) lines.push(`  … and ${mistakes.length - MOST_LINES} more`);
  throw new Problem('seed_invalid', [`${subject} has ${count}:`, ...lines].join('\n'), undefined, { file });
}

const MOST_LINES = 20;

function shapeMistakes(kind: string, content: unknown, shape: 'list' | 'object'): string[] {
  if (shape === 'object') return isObject(content) ? [] : [`${kind}: expected an object, found ${nameOf(content)}.`];
  if (!Array.isArray(content)) return [`${kind}: expected a list, found ${nameOf(content)}.`];
  return content.flatMap((one, index) => {
    if (!isObject(one)) return [`${kind}[${index}]: expected an object, found ${nameOf(one)}.`];
    return kind === 'users' ? userMistakes(one, `users[${index}]`) : [];
  });
}

function userMistakes(user: Readonly<Record<string, unknown>>, at: string): string[] {
  const mistakes = Object.keys(user)
    .filter((member) => !USER_MEMBERS.includes(member))
    .map((member) => `${at}.${unknownName(member, USER_MEMBERS)}`);
  if (user.email === undefined && user.username === undefined && user.phone_number === undefined) {
    mistakes.push(`${at}: a user has an email, a username or a phone_number.`);
  }
  for (const member of ['roles', 'organizations']) {
    if (user[member] !== undefined && !Array.isArray(user[member]))
      mistakes.push(`${at}.${member}: expected a list of names.`);
  }
  if (user.password !== undefined && typeof user.password !== 'string')
    mistakes.push(`${at}.password: expected a text.`);
  return mistakes;
}

function unknownName(name: string, known: readonly string[]): string {
  // The shortest first: a name may be the beginning of several.
  const similar = findSimilarName(
    name,
    [...known].sort((one, another) => one.length - another.length),
  );
  return `${name}: there is no such name.${similar === undefined ? '' : ` Did you mean "${similar}"?`}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'nothing' : `a ${typeof value === 'object' ? 'map' : typeof value}`;
}
