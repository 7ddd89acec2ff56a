import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startTenant } from '../../src/testing/start-test-tenant.ts';

const PEOPLE = 100_000;
const MEGABYTE = 1024 * 1024;
/** Far above what is needed: a seed that copies its users for each user takes many times of it. */
const MOST_MEMORY = 3000 * MEGABYTE;

it('a hundred thousand users are a seed, which a second one changes', { timeout: 900_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'large-seed-'));
  const people = (name: string) =>
    Array.from({ length: PEOPLE }, (_, index) => ({
      email: `user${index}@example.com`,
      name,
      password: `Open-${index}-gate`,
      roles: [`Role ${index % 3}`],
      ...(index % 10 === 0 && { organizations: ['acme'] }),
    }));
  try {
    writeFileSync(join(folder, 'users.json'), JSON.stringify({ users: people('First') }));
    writeFileSync(join(folder, 'tenant.yaml'), 'organizations: [{ name: acme }]');
    const before = process.memoryUsage().rss;
    const began = performance.now();
    const first = await startTenant({ seed: folder });
    const seeded = performance.now();
    await first.stop();
    const began2 = performance.now();
    await using tenant = await startTenant({ seed: [folder, { users: people('Second') }] });
    const again = performance.now() - began2;
    const memory = process.memoryUsage().rss - before;
    const last = `user${PEOPLE - 1}@example.com`;
    const una = await tenant.signIn({ user: last });
    expect(una.claims).toMatchObject({ email: last, name: 'Second' });
    const roles = (await tenant.management().users.roles.list(una.claims.sub)).data.map(({ name }) => name);
    expect(roles).toEqual([`Role ${(PEOPLE - 1) % 3}`]);
    const { response } = await tenant.management().users.list({ include_totals: true, per_page: 1 });
    expect(response).toMatchObject({ total: PEOPLE });
    const { size } = await tenant.snapshot();
    const seconds = (time: number) => (time / 1000).toFixed(1);
    console.log(
      `${PEOPLE} users: seeded in ${seconds(seeded - began)} s, seeded twice in ${seconds(again)} s, ` +
        `${Math.round(memory / MEGABYTE)} MB more memory, ${Math.round(size / MEGABYTE)} MB of data`,
    );
    expect(memory).toBeLessThan(MOST_MEMORY);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
