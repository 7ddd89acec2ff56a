// Every generated SQL file is read by a third-party PL/SQL grammar. The grammar needs seconds for a unit, so a unit whose text it
// has accepted before is read again only by the long run.
import { describe, expect, it } from 'vitest';
import { ACCEPTED, acceptedHashes, expectAccepted, generatedUnits, listOf } from './generated-units.ts';
import { syntaxErrors, unitsOf } from './plsql-grammar.ts';

describe('a third-party PL/SQL grammar', { timeout: 900_000 }, () => {
  // If a unit has changed and is accepted, update the list with `npx vitest run test/apex/generator -u`.
  it('accepts every unit of every file, in every form', async () => {
    const units = await generatedUnits();
    expect(units.length).toBeGreaterThan(30);
    const accepted = acceptedHashes();
    await expectAccepted(units.filter(({ hash }) => !accepted.has(hash)));
    await expect(listOf(units)).toMatchFileSnapshot(ACCEPTED);
  });

  it('finds an error and its place', async () => {
    const [unit, ...others] = unitsOf('some.sql', 'set define off\nbegin\n  null;\nend if;\n/\n');
    if (unit === undefined) throw new Error('There is no unit.');
    expect(others).toEqual([]);
    expect(acceptedHashes()).not.toContain(unit.hash);
    expect((await syntaxErrors(unit))[0]).toMatch(/^4:4 /);
    await expect(expectAccepted([unit])).rejects.toThrow('some.sql: begin');
  });
});
