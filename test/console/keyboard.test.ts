import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPolicyFile } from '../../src/cli/dev/policy-file/policy-file.ts';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';
import { type OpenGate, openGate } from './gate-in-browser.ts';

const source = `export default {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
  admit: [{ rule: 'staff', when: { emailDomain: 'elsewhere.example' }, roles: ['Staff'] }],
  otherwise: 'refuse',
};
`;

/** No screen has more places for the focus than this between two that a walk needs. */
const MANY = 150;

/** The keyboard, and nothing else. */
function keyboardOf(page: Page) {
  const isFocused = (target: Locator) =>
    target.evaluate((element) => {
      const { ownerDocument } = element as unknown as { readonly ownerDocument: { readonly activeElement: unknown } };
      return ownerDocument.activeElement === (element as unknown);
    });
  /** Presses Tab until the element has the focus. */
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor();
    for (let presses = 0; presses < MANY; presses += 1) {
      if (await isFocused(target)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${target}.`);
  };
  return {
    reach,
    async press(target: Locator, key = 'Enter'): Promise<void> {
      await reach(target);
      await page.keyboard.press(key);
    },
    async type(target: Locator, text: string): Promise<void> {
      await reach(target);
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    },
    /** Goes to a screen or a resource by its name. */
    async goTo(name: string): Promise<void> {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Screen, user/ }).waitFor();
      await page.keyboard.type(name);
      await page.getByRole('option', { name }).first().waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.locator('main h1').waitFor();
    },
  };
}

describe('by keyboard alone, a user of the console', () => {
  let folder: string;
  let path: string;
  let console: OpenGate;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-console-keyboard-'));
    path = join(folder, 'portcullis.config.ts');
    writeFileSync(path, source);
    const loaded = await loadConfiguration({ path });
    console = await openGate({ policy: loaded.policy, policyFile: createPolicyFile(loaded, true) });
  });
  afterAll(async () => {
    expect(console.browserErrors).toEqual([]);
    await console.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('creates an organization and an invitation to it', async () => {
    const { page, management, gate } = console;
    await management.clients.update(gate.clientId, { initiate_login_uri: 'https://apex.example/login' });
    const { goTo, press, reach, type } = keyboardOf(page);
    await console.load('overview');
    await goTo('Organizations');
    await press(page.getByRole('button', { name: 'Create organization' }));
    const dialog = page.getByRole('dialog');
    await type(dialog.getByLabel('Name *', { exact: true }), 'water');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await press(page.getByRole('row').getByRole('link', { name: 'water' }));
    await press(page.getByRole('navigation', { name: /^Parts of/ }).getByRole('link', { name: 'Invitations' }));
    await press(page.getByRole('button', { name: 'Create invitation' }));
    await type(dialog.getByLabel('Name *', { exact: true }), 'Ann');
    await type(dialog.getByLabel('E-mail *', { exact: true }), 'bob@water.example');
    const application = dialog.getByLabel('Client ID *', { exact: true });
    await application.getByRole('option', { name: 'APEX', exact: true }).waitFor({ state: 'attached' });
    await reach(application);
    await page.keyboard.type('APEX');
    expect(await application.inputValue()).toBe(gate.clientId);
    await press(dialog.getByRole('button', { name: 'Create invitation' }));
    await dialog.waitFor({ state: 'hidden' });
    // The focus is where the dialog was opened.
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Create invitation');
    const [organization] = (await management.organizations.list()).data;
    const invitations = await management.organizations.invitations.list(organization?.id ?? '');
    expect(invitations.data).toMatchObject([{ invitee: { email: 'bob@water.example' } }]);
  });

  it('changes the branding with its preview beside it', async () => {
    const { page, management } = console;
    const { goTo, press, type } = keyboardOf(page);
    await goTo('Branding');
    await press(page.locator('summary', { hasText: 'Colors' }));
    await type(page.getByLabel('Primary'), '#225588');
    const screen = page.getByLabel('Screen', { exact: true });
    await press(screen, 'ArrowDown');
    await page.frameLocator('iframe').locator('h1').waitFor();
    await press(page.getByRole('button', { name: 'Save changes' }));
    await page.getByText('It is saved.').waitFor();
    expect(await management.branding.get()).toMatchObject({ colors: { primary: '#225588' } });
  });

  it('adds a rule to the policy file', async () => {
    const { page } = console;
    const { goTo, press, type } = keyboardOf(page);
    await goTo('The gate');
    await press(page.getByRole('button', { name: 'Add rule' }));
    const dialog = page.getByRole('dialog');
    await type(dialog.getByLabel('Name of the rule'), 'auditors');
    await type(dialog.getByLabel('Email addresses'), 'kim@audit.example');
    await type(dialog.getByLabel('Roles given'), 'Auditor');
    await press(dialog.getByRole('button', { name: 'Show the differences' }));
    await dialog.getByText("{ rule: 'auditors',").first().waitFor();
    await press(dialog.getByRole('button', { name: 'Write portcullis.config.ts' }));
    await dialog.waitFor({ state: 'detached' });
    expect(readFileSync(path, 'utf8')).toContain("'kim@audit.example'");
  });

  it('creates a log stream, and deletes it', async () => {
    const { page, management } = console;
    const { goTo, press, reach, type } = keyboardOf(page);
    await goTo('Log streams');
    await press(page.getByRole('button', { name: 'Create log stream' }));
    const dialog = page.getByRole('dialog');
    await reach(dialog.getByLabel('Type', { exact: true }));
    await page.keyboard.type('Datadog');
    await reach(dialog.getByLabel('Datadog region *'));
    await page.keyboard.type('eu');
    await type(dialog.getByLabel('Datadog API key *'), '0123456789');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(await management.logStreams.list()).toMatchObject([{ type: 'datadog', sink: { datadogRegion: 'eu' } }]);
    await press(page.getByRole('row', { name: /datadog/ }).getByRole('link'));
    await press(page.getByRole('button', { name: 'Delete log stream' }));
    await press(dialog.getByRole('button', { name: 'Delete log stream' }));
    await page.getByText('There are no log streams here.').waitFor();
    expect(await management.logStreams.list()).toEqual([]);
  });
});
