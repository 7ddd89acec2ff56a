import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { readSchemeFile } from '../../src/cli/dev/read-scheme-file.ts';
import { type Changes, call, page, sampleExport } from '../apex/doctor/sample-export.ts';
import { gatePolicy } from '../gate-policy.ts';
import { run } from './command-line.ts';

describe('portcullis dev --scheme', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-scheme-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const exported = (name: string, scheme: Changes) => {
    const file = join(folder, `${name}.sql`);
    writeFileSync(file, sampleExport({ scheme }));
    return file;
  };

  it('signs users in with a scheme that requests an API, which is created on the local tenant', async () => {
    const file = exported('audience', { p_attribute_08: "'audience=api://ords/'", p_invalid_session_type: "'LOGIN'" });
    const { status, stdout } = await run(['dev', '--once', '--json', '--scheme', file], { cwd: folder });
    expect(JSON.parse(stdout).flatMap(({ differences }: { differences: string[] }) => differences)).toEqual([]);
    expect(status).toBe(0);
  });

  it('registers the page of the scheme that a sign-out ends on', async () => {
    const schemeAttributes = await readSchemeFile(exported('logout', { p_logout_url: "'f?p=&APP_ID.:SIGNED-OUT:0'" }));
    const ports = { tenantPort: 0, loopbackPort: 0, standInPort: 0 };
    const gate = await startLocalGate({ policy: gatePolicy, ...ports, schemeAttributes });
    try {
      const { allowed_logout_urls: urls } = await gate.management.clients.get(gate.clientId);
      expect(gate.standIn.postLogoutUrl).toBe(`${gate.standIn.url}/ords/f?p=100:SIGNED-OUT:0`);
      expect(urls).toContain(gate.standIn.postLogoutUrl);
    } finally {
      await gate.close();
    }
  });

  it('represents missing pages of the application by its own: public ones, unless the export shows otherwise', async () => {
    const urls = { p_logout_url: "'f?p=APP:GOODBYE:0'", p_invalid_session_url: "'f?p=APP:OOPS:0'" };
    const alone = await readSchemeFile(exported('unknown-pages', urls));
    expect(alone).toMatchObject({ postLogoutUrl: 'f?p=100:SIGNED-OUT:0', invalidSessionUrl: 'f?p=100:REFUSED:0' });
    const file = join(folder, 'protected-page.sql');
    writeFileSync(file, sampleExport({ scheme: urls, pages: page(7, 'GOODBYE', false) + page(8, 'OOPS', true) }));
    const whole = await readSchemeFile(file);
    expect(whole).toMatchObject({ postLogoutUrl: 'f?p=100:HOME:0', invalidSessionUrl: 'f?p=100:REFUSED:0' });
    const elsewhere = await readSchemeFile(exported('elsewhere', { p_logout_url: "'https://www.example.com/'" }));
    expect(elsewhere).toMatchObject({ postLogoutUrl: 'https://www.example.com/' });
  });

  it.each([
    ['export_foreign', 'select 1 from dual;'],
    ['export_truncated', sampleExport().slice(0, 900)],
    ['scheme_unclear', sampleExport({ scheme: { p_scheme_type: "'NATIVE_OPEN_DOOR'" } })],
    ['invalid_option', sampleExport({ scheme: { p_attribute_08: "'response_mode=form_post'" } })],
    ['invalid_option', sampleExport({ scheme: { p_logout_url: "'https://#HOST#/bye'" } })],
  ])('ends with 2 and %s where the file is none to follow', async (code, sql) => {
    const file = join(folder, `${code}.sql`);
    writeFileSync(file, sql);
    const { status, stderr } = await run(['dev', '--once', '--scheme', file]);
    expect(status).toBe(2);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr, 'what next').toMatch(/\n {2}\S/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('follows the current scheme of an application that has several', async () => {
    const other = call('wwv_flow_imp_shared.create_authentication', {
      p_id: 'wwv_flow_imp.id(21)',
      p_name: "'Other'",
      p_scheme_type: "'NATIVE_SOCIAL'",
    });
    const file = join(folder, 'several.sql');
    writeFileSync(file, sampleExport({ more: `${other}\n` }));
    expect((await readSchemeFile(file)).schemeName).toBe('Auth0');
    writeFileSync(file, sampleExport({ more: `${other}\n`, flow: { p_authentication_id: 'wwv_flow_imp.id(21)' } }));
    expect((await readSchemeFile(file)).schemeName).toBe('Other');
    writeFileSync(file, sampleExport({ more: `${other}\n`, flow: { p_authentication_id: 'wwv_flow_imp.id(99)' } }));
    await expect(readSchemeFile(file)).rejects.toThrow(/2 Social Sign-In schemes/);
  });
});
