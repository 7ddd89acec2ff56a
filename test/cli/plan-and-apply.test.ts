import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { run } from './command-line.ts';
import { writeEnvironmentFile } from './environment-file.ts';

describe('portcullis plan and apply', () => {
  let local: LocalTenant;
  let folder: string;
  beforeAll(async () => {
    local = await startLocalTenant();
    await local.management.clients.create({ name: 'APEX', app_type: 'regular_web' });
    folder = mkdtempSync(join(tmpdir(), 'portcullis-plan-'));
    writeEnvironmentFile(folder, local.tenant);
    configure("defaultRole: 'APEX User'");
  });
  afterAll(async () => {
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const configure = (rule: string, beside = '') =>
    writeFileSync(
      join(folder, 'portcullis.config.mjs'),
      `export default { ${beside} apex: { baseUrl: 'https://apex.test/ords' }, policy: { applications: ['APEX'],
        claim: 'https://apex.test/roles', landingPage: 'https://apex.test/ords/r/team/app/refused', ${rule} } };`,
    );
  const portcullis = (...args: string[]) =>
    run([...args, ...(args.includes('--plan') ? [] : ['--config', 'portcullis.config.mjs'])], { cwd: folder });
  const writes = async () =>
    (await local.management.logs.list({ per_page: 100 })).data.filter(({ type }) => type === 'sapi').length;

  it('shows the changes, applies them, and then has nothing to do and writes nothing', async () => {
    const planned = await portcullis('plan');
    expect(planned).toMatchObject({ status: 3, complaints: '' });
    expect(planned.stdout).toContain('Plan: 5 to create, 1 to change, 0 unchanged.');
    expect(planned.stdout).toContain('+ https://apex.test/ords/apex_authentication.callback');

    expect(await portcullis('apply')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('[confirmation_needed]'),
    });
    const applied = await portcullis('apply', '--yes');
    expect(applied).toMatchObject({ status: 0, complaints: '' });
    for (const { client_secret } of (await local.management.clients.list()).data) {
      expect(planned.stdout + applied.stdout).not.toContain(client_secret);
    }
    const [apex] = (await local.management.clients.list()).data.filter(({ name }) => name === 'APEX');
    expect(apex).toMatchObject({
      callbacks: ['https://apex.test/ords/apex_authentication.callback'],
      allowed_logout_urls: ['https://apex.test/ords/r/team/app/refused'],
    });

    const before = await writes();
    const again = await portcullis('plan');
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('No changes.');
    expect((await portcullis('apply', '--yes')).status).toBe(0);
    expect(await writes()).toBe(before);
  });

  it('applies a saved plan exactly and once, and stores no secret in it', async () => {
    configure("onFailure: 'admit'");
    expect((await portcullis('plan', '--out', 'gate.plan')).status).toBe(3);
    const saved = readFileSync(join(folder, 'gate.plan'), 'utf8');
    expect(saved).not.toContain(local.tenant.management.clientSecret);
    configure("defaultRole: 'Something else'");
    const { status, stdout } = await portcullis('apply', '--plan', 'gate.plan', '--yes');
    expect(status).toBe(0);
    expect(stdout).toContain('policy.defaultRole  APEX User -> (none)');
    expect(await portcullis('apply', '--plan', 'gate.plan', '--yes')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('[tenant_changed]'),
    });
    writeFileSync(join(folder, 'gate.plan'), '{}');
    const unreadable = (await portcullis('apply', '--plan', 'gate.plan', '--yes')).stderr;
    expect(unreadable).toContain('[plan_unreadable]');
    expect(unreadable).toContain('portcullis plan --out gate.plan');
  });

  it('overwrites only an earlier plan', async () => {
    const before = readFileSync(join(folder, 'portcullis.config.mjs'), 'utf8');
    const { status, stderr } = await portcullis('plan', '--out', 'portcullis.config.mjs');
    expect(status).toBe(2);
    expect(stderr).toContain('[file_exists]');
    expect(readFileSync(join(folder, 'portcullis.config.mjs'), 'utf8')).toBe(before);
    for (const _ of ['new', 'over itself']) {
      expect((await portcullis('plan', '--out', 'other.plan')).complaints).toBe('');
    }
  });

  it.each(['plan', 'apply'])('%s refuses to write a list of users that it must not read', async (command) => {
    const { status, stderr } = await portcullis(command, '--no-impact', '--csv', 'people.csv');
    expect(status).toBe(2);
    expect(stderr).toContain('[options_conflict]');
    expect(existsSync(join(folder, 'people.csv'))).toBe(false);
  });

  it.each([
    ['another tenant', "tenant: { domain: 'example.eu.auth0.com' },", '[domain_mismatch]'],
    ['a field that is unknown', "tenent: { domain: 'example.eu.auth0.com' },", 'Did you mean tenant?'],
    ['an unknown position', "position: { after: 'Unknown' },", '[position_unknown]'],
  ])('refuses a configuration with %s', async (_, beside, said) => {
    configure("onFailure: 'admit'", beside);
    const { status, stderr } = await portcullis('plan');
    expect(status).toBe(2);
    expect(stderr).toContain(said);
  });
});
