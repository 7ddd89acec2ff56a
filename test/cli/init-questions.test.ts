// The questions of `init`, answered at a terminal.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';
import { runPolicyTest } from '../../src/policy/policy-test.ts';
import { atTerminal, CONTROL_C, ENTER, hasTerminal } from './at-terminal.ts';

describe.skipIf(!hasTerminal)('init at a terminal', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-init-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('asks every question, refuses an invalid answer, and writes the configuration', async () => {
    const { status, said } = await atTerminal('init', folder, [
      ["tenant's domain", `no host${ENTER}`],
      ['The host alone', `${'\u007f'.repeat(7)}example.eu.auth0.com${ENTER}`],
      ['application to guard', `APEX${ENTER}`],
      ['address before /r/', `https://apex.example.com/ords${ENTER}`],
      ['workspace, as it follows', `team${ENTER}`],
      ['follows the workspace', `water${ENTER}`],
      ['refused users', ENTER],
      ['a sign-out ends on', ENTER],
      ['role for every verified user', ENTER],
      ['authentication scheme', ENTER],
      ['An organisation', `ORG:WATER=water.example${ENTER}`],
      ['Another organisation', ENTER],
      ['Users with a role', `Auditor=@audit.example${ENTER}`],
      ['For all addresses of a domain', `${'\u007f'.repeat(14)}kim@audit.example${ENTER}`],
      ['More users', `Auditor=lee@audit.example${ENTER}`],
      ['More users', ENTER],
      ['never enter', `jo@water.example, water${ENTER}`],
      ['A single word is', `${'\u007f'.repeat(7)}${ENTER}`],
    ]);
    expect(said).toContain('portcullis plan');
    expect(status).toBe(0);
    const written = readFileSync(join(folder, 'portcullis.config.ts'), 'utf8');
    expect(written).toContain("'ORG:WATER'");
    const { policy, tests } = await loadConfiguration({ path: folder });
    expect(policy).toMatchObject({
      applications: ['APEX'],
      refuse: [{ rule: 'never these addresses', when: { email: ['jo@water.example'] } }],
      admit: [
        {
          rule: 'Auditor by addresses',
          when: { email: ['kim@audit.example', 'lee@audit.example'] },
          roles: ['Auditor'],
        },
      ],
    });
    expect(tests.map(({ expect: expected }) => expected)).toEqual([
      { refusedBy: 'never these addresses' },
      { roles: ['Auditor'], mfa: false },
    ]);
    expect(tests.every((one) => runPolicyTest(policy, one).holds)).toBe(true);
  });

  test('Ctrl-C at a question ends it, and nothing is written', async () => {
    const { status } = await atTerminal('init', folder, [
      ["tenant's domain", `example.eu.auth0.com${ENTER}`],
      ['application to guard', CONTROL_C],
    ]);
    expect(status).toBe(130);
    expect(existsSync(join(folder, 'portcullis.config.ts'))).toBe(false);
  });
});
