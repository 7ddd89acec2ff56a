import { describe, expect, it } from 'vitest';
import type { ApexInput } from '../../../src/apex/generator/apex-target.ts';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import { parsePolicy } from '../../configuration/parsed-policy.ts';
import { input } from './example-input.ts';

const file = async (name: string, changes: Partial<ApexInput> = {}) =>
  (await generateApex({ ...input, ...changes })).files.find(({ path }) => path === name)?.content ?? '';
const ids = (sql: string) => [...sql.matchAll(/wwv_flow_imp\.id\((\d+)\)/g)].map(([, id]) => id);

describe('the files for an application', () => {
  it('have ids of their own in each workspace, since they must be the only ones of the instance', async () => {
    for (const name of ['authentication-scheme.sql', 'authorization-schemes.sql']) {
      const here = ids(await file(name));
      const there = ids(await file(name, { workspace: 'other' }));
      expect(new Set([...here, ...there]).size).toBe(here.length + there.length);
      expect(ids(await file(name))).toEqual(here);
    }
  });

  it('ask for a secure cookie only if the address is HTTPS: a browser keeps none over HTTP', async () => {
    expect(await file('authentication-scheme.sql')).toContain("p_use_secure_cookie_yn=>'Y'");
    expect(await file('sheet.md')).toContain('| Secure | `Yes` |');
    const http = { baseUrl: 'http://localhost:8080/ords' };
    expect(await file('authentication-scheme.sql', http)).toContain("p_use_secure_cookie_yn=>'N'");
    expect(await file('sheet.md', http)).toContain('| Secure | `No` |');
  });

  it('hold the longest texts that a policy may have, in bytes', async () => {
    const fragment = `#${'/'.repeat(299)}`;
    const start = 'https://a.example/';
    const policy = parsePolicy({
      applications: ['APEX'],
      claim: `https://a.example/${'r'.repeat(237)}`,
      landingPage: `${start}${'/'.repeat(1000 - start.length - fragment.length)}${fragment}`,
      organizationPrefix: '\u{20000}'.repeat(25),
    });
    const sql = await file('post-authentication.sql', { policy, domain: `${'d'.repeat(60)}.eu.auth0.com` });
    const constants = [...sql.matchAll(/(c_\w+) constant varchar2\((\d+)\) := ([^;]*);\n/g)];
    expect(constants.length).toBeGreaterThan(3);
    for (const [, name, size, expression = ''] of constants) {
      const text = [...expression.matchAll(/'((?:[^']|'')*)'/g)]
        .map(([, piece = '']) => piece.replaceAll("''", "'"))
        .join('')
        .replace(/\\([0-9a-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
      expect(Buffer.byteLength(text), name).toBeLessThanOrEqual(Number(size));
    }
  });

  it('name each authorization scheme apart, in 255 bytes, regardless of the length of the roles', async () => {
    const organizations = ['a', 'b'].map((last) => ({
      role: `ORG:${'ü'.repeat(300)}${last}`,
      domains: [`${last}.example`],
      includeSubdomains: false,
    }));
    const sql = await file('authorization-schemes.sql', { policy: { ...input.policy, organizations } });
    const names = [...sql.matchAll(/,p_name=>(.*)/g)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(3);
    expect(new Set(names).size).toBe(names.length);
    // Written with \XXXX for each letter beyond ASCII, which is two bytes of the name itself.
    for (const name of names) expect(name.replaceAll(/\\[0-9a-fA-F]{4}/g, '..').length).toBeLessThan(255);
  });

  it('show the output of check.sql, in SQLcl and SQL*Plus too', async () => {
    expect(await file('check.sql')).toMatch(/^set serveroutput on$/m);
  });

  it('let no question of check.sql hide another: each external call is in a block of its own', async () => {
    const sql = await file('check.sql');
    for (const call of [
      'apex_util.set_workspace',
      'apex_authentication.get_callback_url',
      'apex_web_service.make_rest_request',
    ]) {
      expect(sql.slice(sql.indexOf(call))).toMatch(/^[^;]*;[^;]*?(?:say\([^;]*;\s*)?exception\n\s+when others then/);
    }
  });

  it('describe the landing page without unnecessary steps', async () => {
    const recipe = await file('landing-page.md');
    expect(recipe).toContain('type Dynamic Content');
    expect(recipe).not.toContain('hidden item');
  });

  it('put the reason into the query of the landing page, regardless of its fragment', async () => {
    const landingPage = 'https://apex.example.com/ords/r/team/app/refused#why?';
    const sql = await file('post-authentication.sql', { policy: { ...input.policy, landingPage } });
    const logout = /c_logout constant [^']*'([^']*)'/.exec(sql)?.[1] ?? '';
    expect(logout).toContain(encodeURIComponent('/refused?reason='));
    expect(sql).toContain(`c_fragment constant varchar2(1000) := '${encodeURIComponent('#why?')}'`);
  });

  it('have the date of 22.2 from its own exports', async () => {
    const scheme = await file('authentication-scheme.sql', { version: '22.2' });
    expect(scheme).toContain("p_version_yyyy_mm_dd=>'2022.10.07'");
    expect(scheme).toContain("p_release=>'22.2.0'");
  });
});
