import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { run } from './command-line.ts';
import { writeEnvironmentFile } from './environment-file.ts';

let local: LocalTenant;
let folder: string;
beforeAll(async () => {
  local = await startLocalTenant();
  await local.management.clients.create({ name: 'APEX', app_type: 'regular_web' });
  folder = mkdtempSync(join(tmpdir(), 'portcullis-export-'));
  writeEnvironmentFile(folder, local.tenant);
  writeFileSync(
    join(folder, 'gate.config.ts'),
    "export default { applications: ['APEX'], claim: 'https://apex.test/roles', landingPage: 'https://apex.test/refused' };",
  );
});
afterAll(async () => {
  await local.tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['claim', 'https://apex.test/##ENV##/roles'],
  ['defaultRole', 'APEX @@TEAM@@ User'],
])('writes nothing that the deploy CLI would put another text into: %s', async (field, text) => {
  const policy = { applications: ['APEX'], claim: 'https://apex.test/roles', landingPage: 'https://apex.test/refused' };
  writeFileSync(join(folder, 'marked.config.mjs'), `export default ${JSON.stringify({ ...policy, [field]: text })};`);
  const { status, stderr } = await run(['export', '--to', 'deploy-cli', '--config', 'marked.config.mjs'], {
    cwd: folder,
  });
  expect(status).toBe(2);
  expect(stderr).toContain('[keyword_in_policy]');
  expect(stderr).toContain(field);
});

it('prints the next commands with the options that were typed', async () => {
  const args = ['export', '--to', 'deploy-cli', '--out', 'my gate', '--config', 'gate.config.ts'];
  const { status, stdout } = await run(args, { cwd: folder });
  expect(status).toBe(3);
  expect(stdout).toContain("1. a0deploy import --input_file 'my gate'\n");
  expect(stdout).toContain(
    "2. portcullis export --to deploy-cli --out 'my gate' --config gate.config.ts --overwrite\n",
  );
});
