import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { type DeployedTenant, startDeployedTenant } from '../deployment/deployed-tenant.ts';
import { gatePolicy } from '../gate-policy.ts';
import { Printed } from './printed.ts';

describe('a question whose answer is not yes', () => {
  let local: DeployedTenant;
  let folder: string;
  beforeAll(async () => {
    local = await startDeployedTenant();
    await local.apply({ ...gatePolicy, onFailure: 'admit' });
    await local.apply();
    await local.person('ann@water.example');
    folder = mkdtempSync(join(tmpdir(), 'portcullis-declined-'));
    const configure = (name: string, policy: object) =>
      writeFileSync(join(folder, name), `export default { policy: ${JSON.stringify(policy)} };`);
    configure('applied.mjs', gatePolicy);
    configure('edited.mjs', { ...gatePolicy, unverifiedEmail: 'admit' });
  });
  afterAll(async () => {
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['apply', '--no-impact', '--config', 'edited.mjs'],
    ['rollback'],
    ['backfill', '--config', 'applied.mjs'],
    ['destroy'],
  ])('ends %s with a status of its own, and nothing is done', async (...args) => {
    const { domain, management, caFile } = local.tenant;
    const stdin: PassThrough & { isTTY?: boolean } = new PassThrough();
    const stdout: Printed & { isTTY?: boolean } = new Printed();
    stdin.isTTY = true;
    stdout.isTTY = true;
    stdin.end('\n');
    const status = await main(args, {
      stdin,
      stdout,
      stderr: new Printed(),
      environment: {
        AUTH0_DOMAIN: domain,
        AUTH0_CLIENT_ID: management.clientId,
        AUTH0_CLIENT_SECRET: management.clientSecret,
        NODE_EXTRA_CA_CERTS: caFile,
      },
      folder,
      onSignal: () => () => {},
      trustCertificates: () => {},
    });
    expect(stdout.text).toContain('Nothing has been done.');
    expect(status).toBe(4);
  });
});
