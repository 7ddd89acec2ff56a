import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Problem } from '../../src/problem/problem.ts';
import { startTenant } from '../../src/testing/start-test-tenant.ts';
import { secrets, writeWholeTenant } from '../tools/deploy-cli/whole-tenant.ts';

type Path = readonly (string | number)[];

/** The places of all values, at any depth. */
function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...at, name]))];
}

function replaced(value: unknown, [name, ...path]: Path, other: unknown): unknown {
  if (name === undefined) return other;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[name] = replaced(copy[name], path, other);
  return copy;
}

it('a seed in which a value has another form is put on, or refused with a problem', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mangled-seed-'));
  try {
    writeWholeTenant(folder, 'https://shop.eu.auth0.com/api/v2/');
    const file = join(folder, 'tenant.yaml');
    const whole = {
      ...(JSON.parse(readFileSync(file, 'utf8')) as object),
      users: [{ email: 'una@example.com', password: 'Open-1-gate', roles: ['Clerk'], organizations: ['wholesale'] }],
    };
    const outcomes = new Set<string>();
    const other = fc.constantFrom(null, 5, 'x', '', true, [], {}, [null], [5], [['x']], { a: 1 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...placesOf(whole)), other, async (place, value: unknown) => {
        writeFileSync(file, JSON.stringify(replaced(whole, place, value)));
        const outcome = await startTenant({ seed: folder, keywords: { ...secrets } }).then(
          (tenant) => tenant.stop(),
          (error: unknown) => error,
        );
        if (outcome !== undefined && !(outcome instanceof Problem)) throw outcome;
        outcomes.add(outcome?.code ?? 'started');
      }),
      {
        numRuns: 30,
        examples: [
          [['databases', 0, 'options', 'customScripts'], [5]],
          [['prompts', 'partials'], []],
          [['users', 0, 'password'], 'Another-1-gate'],
          [['users', 0, 'email'], true],
          [['actions', 0, 'runtime'], 'x'],
          [['users', 0, 'email'], 'x'],
        ],
      },
    );
    expect(outcomes).toContain('started');
    expect(outcomes).toContain('seed_invalid');
    expect(outcomes).toContain('seed_refused');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
