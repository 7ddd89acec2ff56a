import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import {
  type ChangedPolicyFile,
  createPolicyFile,
  type PolicyFile,
  type PolicyFileState,
} from '../../src/cli/dev/policy-file/policy-file.ts';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';
import type * as gateDocument from '../../src/console/screens/gate/gate-document.ts';
import { type OpenGate, openGate } from './gate-in-browser.ts';

const source = `// Who may enter the application.
export default {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
  refuse: [
    // Personnel asked for this.
    { rule: 'left the company', when: { email: 'jo@water.example' }, because: 'Ask personnel.' },
  ],
  admit: [{ rule: 'staff', when: { emailDomain: 'elsewhere.example' }, roles: ['Staff'] }],
  otherwise: 'refuse',
  tests: [
    { who: { email: 'una@elsewhere.example' }, expect: { roles: ['Staff'] } },
    { who: { email: 'jo@water.example' }, expect: { refusedBy: 'left the company' } },
  ],
};
`;

describe('the policy file in the console', () => {
  let folder: string;
  let path: string;
  let file: PolicyFile;
  let console: OpenGate;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-console-policy-'));
    path = join(folder, 'portcullis.config.ts');
    writeFileSync(path, source);
    const loaded = await loadConfiguration({ path });
    file = createPolicyFile(loaded, true);
    console = await openGate({ policy: loaded.policy, policyFile: file });
  });
  afterAll(async () => {
    expect(console.browserErrors).toEqual([]);
    await console.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const content = () => readFileSync(path, 'utf8');

  it('has the type that the console expects', () => {
    expectTypeOf<PolicyFileState>().toExtend<gateDocument.PolicyFileState>();
    expectTypeOf<ChangedPolicyFile>().toExtend<gateDocument.ChangedPolicyFile>();
  });

  it('is shown with its rules, its tests and their results, and the users of each rule', async () => {
    const { page } = console;
    await console.open('gate');
    await page.getByRole('row', { name: /left the company refuses address jo@water\.example/ }).waitFor();
    await page.getByRole('row', { name: /staff lets in, gives Staff domain elsewhere\.example/ }).waitFor();
    await page
      .getByRole('row', { name: /jo@water\.example refused by "left the company" holds: refused by/ })
      .waitFor();
    const rules = page.getByLabel('Decided by');
    const staff = rules.getByRole('option', { name: /^staff \(\d+\)$/ });
    await staff.waitFor({ state: 'attached' });
    const label = String(await staff.textContent());
    await rules.selectOption({ label });
    const users = page.getByRole('region', { name: 'Users at the gate' });
    // Each of them has the domain that the rule asks for.
    const decided = await users.getByRole('row', { name: /elsewhere\.example/ }).count();
    expect(decided).toBeGreaterThan(0);
    expect(label).toBe(`staff (${decided})`);
    expect(await users.getByRole('row').count()).toBe(decided + 1);
    await console.checkAppearance('the gate with a policy file');
    await console.picture('rules', { whole: true });
  });

  it('gets a rule from the form, after the differences were shown, and keeps its comments', async () => {
    const { page, gate } = console;
    await console.load('gate');
    await page.getByRole('button', { name: 'Add rule' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the rule').fill('auditors');
    await dialog.getByLabel('Email addresses').fill('kim@audit.example\nvera@elsewhere.example');
    await dialog.getByLabel('Until').fill('2099-12-31');
    await dialog.getByLabel('Roles given').fill('Auditor');
    await dialog.getByRole('button', { name: 'Show the differences' }).click();
    await dialog.getByText("{ rule: 'auditors',").first().waitFor();
    await dialog.getByRole('row', { name: /una@elsewhere\.example .* holds/ }).waitFor();
    await console.checkAppearance('the differences in the policy file');
    expect(content()).toBe(source);
    await dialog.getByRole('button', { name: 'Write portcullis.config.ts' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(content()).toContain('// Personnel asked for this.');
    expect(content()).toMatch(
      /rule: 'auditors',[\s\S]*'kim@audit\.example', 'vera@elsewhere\.example'[\s\S]*until: '2099-12-31'/,
    );

    const loaded = await loadConfiguration({ path });
    await gate.put(loaded.policy);
    file.read(loaded);
    // The screen follows the file by itself.
    await page.getByRole('row', { name: /auditors lets in, gives Auditor/ }).waitFor();
  });

  it('is not written if a test fails, or with a mistake, and loses a rule', async () => {
    const { page } = console;
    await console.load('gate');
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Edit staff' }).click();
    await dialog.getByLabel('Roles given').fill('Guest');
    await dialog.getByRole('button', { name: 'Show the differences' }).click();
    await dialog.getByText('fails: let in with Guest by "staff"').waitFor();
    expect(await dialog.getByRole('button', { name: 'Write portcullis.config.ts' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Back' }).click();
    expect(await dialog.getByLabel('Roles given').inputValue()).toBe('Guest');
    await dialog.getByLabel('Roles given').fill('Staff');
    await dialog.getByLabel('Countries').fill('Germany');
    await dialog.getByRole('button', { name: 'Show the differences' }).click();
    await dialog.getByText(/admit\[0\]\.when\.country/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Write portcullis.config.ts' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Remove left the company' }).click();
    // The test names the rule.
    await dialog
      .getByRole('alert')
      .getByText(/tests\[1\]/)
      .waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(content()).toContain('left the company');
  });

  it('is changed by no other page, and by no one without a sign-in', async () => {
    const url = `${console.tenant.console?.url}/data/policy-file`;
    const body = JSON.stringify({ list: 'admit', name: 'staff', digest: 'x' });
    const send = (headers: Record<string, string>) => fetch(url, { method: 'POST', body, headers });
    const origin = new URL(url).origin;
    expect((await send({})).status).toBe(403);
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await send({ origin })).status).toBe(401);
    expect((await fetch(url.replace('policy-file', 'gate'), { method: 'POST', headers: { origin } })).status).toBe(401);
  });
});
