// Every unit is read by the grammar, also those of the list of accepted units.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACCEPTED, expectAccepted, generatedUnits, listOf } from './generated-units.ts';
import { syntaxErrors, unitsOf } from './plsql-grammar.ts';

describe('a third-party PL/SQL grammar', { timeout: 900_000 }, () => {
  it('accepts every unit of the list, which has no other', async () => {
    const units = await generatedUnits();
    await expectAccepted(units);
    expect(readFileSync(new URL(ACCEPTED, import.meta.url), 'utf8')).toBe(listOf(units));
  });

  it('finds an error within a procedure', async () => {
    const sql = 'set define off\ncreate or replace procedure p is\nbegin\n  if true then null; end fi;\nend p;\n/\n';
    const errors = await Promise.all(unitsOf('some.sql', sql).map(syntaxErrors));
    expect(errors).toEqual([[expect.stringMatching(/^4:/)]]);
  });
});
