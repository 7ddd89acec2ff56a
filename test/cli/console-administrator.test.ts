import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConsoleSite } from '../../src/cli/console/load-console-site.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { run } from './command-line.ts';
import { writeEnvironmentFile } from './environment-file.ts';

describe('the commands for a tenant that has a console', () => {
  let local: LocalTenant;
  let folder: string;
  beforeAll(async () => {
    local = await startLocalTenant({ console: { site: loadConsoleSite } });
    folder = mkdtempSync(join(tmpdir(), 'portcullis-administrator-'));
    writeEnvironmentFile(folder, local.tenant);
    writeFileSync(
      join(folder, 'portcullis.config.ts'),
      "export default { applications: ['APEX'], claim: 'https://apex.test/roles', landingPage: 'https://apex.test/refused', defaultRole: 'APEX User' };",
    );
    await local.management.clients.create({ name: 'APEX', app_type: 'regular_web' });
    const connection = 'Username-Password-Authentication';
    const una = { email: 'una@elsewhere.example', password: 'A-long-passw0rd!', email_verified: true };
    await local.management.users.create({ connection, ...una });
  });
  afterAll(async () => {
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const json = async (...args: string[]) => {
    const { stdout, complaints } = await run([...args, '--json'], { cwd: folder });
    expect(complaints).toBe('');
    return JSON.parse(stdout);
  };

  it('plan counts the users without its administrator', async () => {
    const { impact } = await json('plan', '--csv', 'people.csv', '--people');
    expect(impact).toMatchObject({ people: 1, doors: [{ admitted: 1, refused: 0 }] });
  });

  it('backfill gives its administrator no role', async () => {
    expect((await run(['apply', '--yes'], { cwd: folder })).status).toBe(0);
    expect(await json('backfill', '--dry-run')).toMatchObject({ missing: { 'APEX User': 1 } });
    expect(await json('backfill', '--yes')).toMatchObject({ assigned: 1, refused: 0 });
    const [role] = (await local.management.roles.list()).data;
    const holders = (await local.management.roles.users.list(role?.id ?? '')).data;
    expect(holders.map(({ email }) => email)).toEqual(['una@elsewhere.example']);
  });

  it('no written file names its administrator or its application', () => {
    const files = readdirSync(folder).filter((name) => /\.(?:csv|ndjson)$/.test(name));
    expect(files.length).toBeGreaterThan(1);
    for (const name of files) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/administrator|Portcullis Console/i);
    }
  });
});
