// Two guarded applications, each with an APEX application of its own: the files, and the doctor.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleExport } from '../apex/doctor/sample-export.ts';
import { run } from './command-line.ts';

const PAGES = 'https://apex.example.com/ords/r/team';

describe('portcullis apex for one of several applications', () => {
  let folder: string;
  const configure = (apex: object, page = `${PAGES}/hr/refused`) =>
    writeFileSync(
      join(folder, 'portcullis.config.mjs'),
      `export default ${JSON.stringify({
        tenant: { domain: 'example.eu.auth0.com' },
        apex: { baseUrl: 'https://apex.example.com/ords', workspace: 'team', application: 'app', ...apex },
        policy: {
          applications: ['APEX', { name: 'HR', landingPage: page }],
          claim: 'https://apex.example.com/roles',
          landingPage: `${PAGES}/app/refused`,
          admit: [{ rule: 'personnel', when: { application: 'HR', role: 'HR User' } }],
        },
      })};`,
    );
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-apex-applications-'));
    configure({ applications: { HR: { application: 'hr', scheme: 'Personnel' } } });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const portcullis = (...args: string[]) => run([...args, '--config', 'portcullis.config.mjs'], { cwd: folder });
  const content = (path: string) => readFileSync(join(folder, path), 'utf8');

  it('writes the files with its own alias, scheme, landing page and rules', async () => {
    const ambiguous = await portcullis('apex', '--apex', '24.2');
    expect(ambiguous).toMatchObject({ status: 2, stderr: expect.stringContaining('--application "HR"') });
    const written = await portcullis(
      'apex',
      '--apex',
      '24.2',
      '--application',
      'HR',
      '--out',
      'hr',
      '--decide',
      'plsql',
    );
    expect(written).toMatchObject({ status: 0, complaints: '' });
    expect(content('hr/check.sql')).toContain("upper(alias) = upper(''hr'')");
    expect(content('hr/authentication-scheme.sql')).toContain("p_name=>'Personnel'");
    expect(content('hr/sheet.md')).toContain(`${PAGES}/hr/refused`);
    expect(content('hr/plsql-decision.sql')).toContain("if holds_role(p_roles, 'HR User') then");
    expect(
      (await portcullis('apex', '--apex', '24.2', '--application', 'APEX', '--out', 'app', '--decide', 'plsql')).status,
    ).toBe(0);
    expect(content('app/check.sql')).toContain("upper(alias) = upper(''app'')");
    expect(content('app/plsql-decision.sql')).toContain("if (false\n        and holds_role(p_roles, 'HR User')) then");
  });

  it('lets the doctor look for the landing page of that application', async () => {
    writeFileSync(join(folder, 'f100.sql'), sampleExport());
    const missing = async (...args: string[]) => {
      const { stdout } = await portcullis('apex', 'doctor', 'f100.sql', '--json', ...args);
      const { findings } = JSON.parse(stdout) as { findings: { id: string; found: string }[] };
      return findings
        .filter(({ id }) => id === 'landing-missing')
        .map(({ found }) => /policy, (\S+),/.exec(found)?.[1]);
    };
    // The page of the other application is not in this export.
    const own = await missing();
    configure({}, `${PAGES}/app/hr-refused`);
    expect(await missing()).toEqual([...own, 'HR-REFUSED']);
    expect(await missing('--application', 'HR')).toEqual(['HR-REFUSED']);
    expect(await missing('--application', 'APEX')).toEqual(own);
    expect((await portcullis('apex', 'doctor', 'f100.sql', '--application', 'H')).stderr).toContain(
      '[apex_application_unknown]',
    );
  });

  it('refuses settings for an application that the policy does not guard', async () => {
    configure({ applications: { H: { application: 'h' } } });
    const { status, stderr } = await portcullis('apex', '--apex', '24.2');
    expect(status).toBe(2);
    expect(stderr).toContain('apex.applications.H');
    expect(stderr).toContain('They are: APEX, HR.');
  });
});
