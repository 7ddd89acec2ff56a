import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import { companyPolicy, withoutUndecidable } from './decidable-policy.ts';
import { input } from './example-input.ts';
import { type SqlUnit, syntaxErrors, unitsOf } from './plsql-grammar.ts';

const forms = [
  { version: '22.1', decider: 'action' },
  { version: '24.2', decider: 'plsql' },
  { version: '26.2', decider: 'mle' },
  { version: '24.2', decider: 'plsql', policy: withoutUndecidable(companyPolicy), guarded: 'HR' },
] as const;

/** Every unit of the generated SQL files, in every form. Each text once. */
export async function generatedUnits(): Promise<SqlUnit[]> {
  const units = new Map<string, SqlUnit>();
  for (const form of forms) {
    const changes = { ...form, scheme: 'it\'s & "ours"', application: 'Äpp%' };
    const { files } = await generateApex({ ...input, ...changes });
    for (const { path, content } of files.filter(({ path }) => path.endsWith('.sql'))) {
      for (const unit of unitsOf(path, content)) if (!units.has(unit.hash)) units.set(unit.hash, unit);
    }
  }
  return [...units.values()];
}

/** The list of the units that the grammar has accepted, one a line: the SHA-256 of the text, and the name. */
export const ACCEPTED = 'accepted-units.txt';

/** Returns the list for these units. */
export function listOf(units: readonly SqlUnit[]): string {
  return units.map(({ hash, name }) => `${hash}  ${name}\n`).join('');
}

/** Returns the hashes in the committed list. */
export function acceptedHashes(): Set<string> {
  const file = new URL(ACCEPTED, import.meta.url);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return new Set(lines.map((line) => line.slice(0, 64)));
}

/** Expects that the grammar accepts each of these units. */
export async function expectAccepted(units: readonly SqlUnit[]): Promise<void> {
  for (const unit of units) expect(await syntaxErrors(unit), unit.name).toEqual([]);
}
