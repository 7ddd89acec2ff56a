import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyPolicy } from '../configuration/company-policy.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { start } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-test-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a configuration with the company's policy, changed. */
function configuration(name: string, change: object): string {
  writeFileSync(join(folder, name), `export default ${JSON.stringify({ ...companyPolicy, ...change })};\n`);
  return name;
}

const run = (args: string[], environment: Record<string, string> = {}) =>
  start(['test', ...args], { cwd: folder, environment }).ended;
const broken = { tests: [{ who: { email: 'jo@water.example' }, expect: { roles: ['ORG:WATER'] } }] };

describe('portcullis test', () => {
  it('prints each test with the rule that decided', async () => {
    const { status, stdout } = await run(['--config', configuration('whole.config.ts', {})]);
    expect(status).toBe(0);
    expect(stdout).toContain('✓ jo@water.example: refused by "left the company"');
    expect(stdout).toContain('8 tests, and each holds.');
  });

  it('ends with 1 if a test fails, and names the rule', async () => {
    const file = configuration('broken.config.ts', broken);
    const { status, stdout } = await run(['--config', file, '--junit', 'policy.xml']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ jo@water\.example: refused by "left the company", expected let in with\s+ORG:WATER/);
    const report = readFileSync(join(folder, 'policy.xml'), 'utf8');
    expect(report).toContain('tests="1" failures="1"');
    expect(report).toContain(
      '<failure message="expected let in with ORG:WATER">refused by &quot;left the company&quot;',
    );
  });

  it('ends with 2 for a policy that is not valid', async () => {
    const { status, stderr } = await run([
      '--config',
      configuration('invalid.config.ts', { admit: [{ rule: 'x', when: {} }] }),
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('admit[0].when: expected a condition with at least one field');
  });

  it('prints JSON, with warnings', async () => {
    const tests = [{ who: { email: 'jo@water.example' }, expect: { refusedBy: 'no_matching_rule' } }];
    const admit = [{ rule: 'once', when: { country: 'DE', until: '2001-01-01' } }];
    const file = configuration('old.config.ts', { refuse: [], admit, tests });
    const { status, stdout } = await run(['--config', file, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      failed: 0,
      tests: [{ holds: true, decidedBy: 'no_matching_rule' }],
      warnings: [expect.stringContaining('admit "once" has ended')],
    });
  });

  it('shows what differs from another policy', async () => {
    const main = configuration('main.config.ts', { refuse: [], tests: [] });
    const { status, stdout } = await run(['--config', configuration('whole.config.ts', {}), '--against', main]);
    expect(status).toBe(0);
    expect(stdout).toContain('policy.refuse[left the company]  (none) ->');
    expect(stdout).toMatch(/jo@water\.example\n\s+refused by "no_matching_rule" -> refused by "left the company"/);
  });
});

describe('commands that put a policy to use', () => {
  it.each(['plan', 'apply'])('%s refuses a policy whose test fails', async (command) => {
    const file = configuration('broken.config.ts', broken);
    const environment = { AUTH0_DOMAIN: 'localhost:1', AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
    const { status, stderr } = await start([command, '--config', file], { cwd: folder, environment }).ended;
    expect(status).toBe(2);
    expect(stderr).toContain('policy_tests_failed');
    expect(stderr).toContain('tests[0]: expected let in with ORG:WATER, but refused by "left the company"');
    expect(stderr).not.toContain('jo@water.example');
  });

  it.each(['plan', 'apply', 'dev'])('%s says what is probably a mistake, and goes on', async (command) => {
    const admit = [{ rule: 'once', when: { country: 'DE', until: '2001-01-01' } }];
    const file = configuration('ended.config.ts', { admit, tests: [] });
    const environment = { AUTH0_DOMAIN: 'localhost:1', AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
    // Each fails after it has read the policy: there is no such tenant, and no such file.
    const more = command === 'dev' ? ['--scheme', 'none.sql'] : [];
    const { stderr } = await start([command, '--config', file, ...more], { cwd: folder, environment }).ended;
    expect(stderr).toContain('! admit "once" has ended');
  });

  it('dev refuses it before it starts anything', async () => {
    const file = configuration('broken.config.ts', broken);
    const { status, stderr } = await start(['dev', '--once', '--config', file], { cwd: folder }).ended;
    expect(status).toBe(2);
    expect(stderr).toContain('policy_tests_failed');
  });
});

describe('portcullis test --who', () => {
  let local: LocalTenant;
  beforeAll(async () => {
    local = await startLocalTenant();
    for (const email of ['jo@water.example', 'ann@water.example']) {
      await local.management.users.create({
        connection: 'Username-Password-Authentication',
        email,
        password: 'Correct-Horse-9',
        email_verified: true,
      });
    }
  });
  afterAll(() => local.tenant.close());

  it('explains the decision about a user at each application, or what it depends on', async () => {
    const admit = [{ rule: 'office', when: { network: '192.0.2.0/24' } }];
    const args = ['--config', configuration('office.config.ts', { admit, tests: [] }), '--json', '--who'];
    const { domain, management } = local.tenant;
    const environment = {
      AUTH0_DOMAIN: domain,
      AUTH0_CLIENT_ID: management.clientId,
      AUTH0_CLIENT_SECRET: management.clientSecret,
    };
    const closed = JSON.parse((await run([...args, 'jo@water.example'], environment)).stdout);
    expect(closed.users).toMatchObject([
      { application: 'APEX', outcome: 'refuse', explanation: 'Refused by the rule "left the company".' },
      { application: 'HR', outcome: 'refuse' },
    ]);
    const open = JSON.parse((await run([...args, 'ann@water.example'], environment)).stdout);
    expect(open.users[0]).toMatchObject({ outcome: 'depends', explanation: 'Depends on the login: network.' });
    const { status, stderr } = await run([...args, 'kim@elsewhere.example'], environment);
    expect(status).toBe(2);
    expect(stderr).toContain('user_not_found');
  });
});
