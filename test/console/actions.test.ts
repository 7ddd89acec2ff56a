import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { untilBuilt } from '../local-tenant.ts';
import { handler, makeAction, saveDraft, writeCode } from './action-editor.ts';
import { consoleOfEachTest } from './console-for-each-test.ts';
import { consoleOf } from './console-in-browser.ts';

describe('Actions > Library in the console', () => {
  const console = consoleOfEachTest();

  const made = (name: string, code?: string) => makeAction(console.management, name, code);

  it('builds one, with a secret that nobody sees again, tests it and deploys it', async () => {
    const { page, management } = console;
    await console.open('actions/library');
    await page.getByText('There are no Actions yet.').waitFor();
    await console.looksRight('empty library');
    await page.getByRole('button', { name: 'Build Custom' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Assign Default Role');
    await console.looksRight('new Action');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Assign Default Role' }).waitFor();
    await page.locator('.cm-content').waitFor();
    await console.looksRight('editor');

    await page.getByRole('button', { name: 'Add Secret' }).click();
    await page.getByLabel('Key').fill('defaultRole');
    await page.getByLabel('Value').fill('rol_verysecret');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await writeCode(page, handler("console.log('role', event.secrets.defaultRole, event.user.email);"));
    await saveDraft(page);
    expect(await page.content()).not.toContain('rol_verysecret');
    const [action] = (await management.actions.list()).data;
    expect(action?.secrets).toMatchObject([{ name: 'defaultRole' }]);

    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByLabel('Event').waitFor();
    await console.looksRight('test');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/The Action completed in \d+ ms/).waitFor();
    const console_ = (await page.locator('.console').textContent()) ?? '';
    expect(console_).toContain('ada@example.com');
    expect(console_).not.toContain('rol_verysecret');
    await page.getByLabel('Event').fill('{"event');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('The event is not JSON').waitFor();

    await page.getByRole('button', { name: 'Deploy' }).click();
    await page.getByText('deployed, version 1').waitFor();
    await console.picture('editor');
    expect((await management.actions.get(action?.id ?? '')).deployed_version?.number).toBe(1);

    // The name of the secret can be given another value, and the secret taken away.
    await page.getByRole('button', { name: 'Secrets' }).click();
    await page.getByRole('button', { name: 'Change defaultRole' }).click();
    await page.getByLabel('Value').fill('another');
    await page.getByRole('button', { name: 'Update', exact: true }).click();
    await saveDraft(page);
    await page.getByRole('button', { name: 'Remove defaultRole' }).click();
    await saveDraft(page);
    expect((await management.actions.get(action?.id ?? '')).secrets).toEqual([]);
  });

  it('completes event, its secrets and api from what there is', async () => {
    const { page, management } = console;
    const id = await made('Completing');
    await management.actions.update(id, { secrets: [{ name: 'clientSecret', value: 'x' }] });
    await untilBuilt(management, id);
    await console.open(`actions/library/${id}`);
    const offers = (typed: string, expected: unknown) => completes(page, typed, expected);
    await offers('event.us', ['user']);
    await offers('event.user.email', expect.arrayContaining(['email', 'email_verified']));
    await offers('event.secrets.', ['clientSecret']);
    await offers('api.access', expect.arrayContaining(['access', 'accessToken']));
    await offers('api.idToken.', ['setCustomClaim']);
  });

  it('offers to Actions of other triggers what is theirs, and an event of theirs to test with', async () => {
    const { page } = console;
    await console.open('actions/library');
    await page.getByRole('button', { name: 'Build Custom' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Machine');
    await page.getByLabel('Trigger').selectOption('credentials-exchange');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.locator('.cm-content').getByText('onExecuteCredentialsExchange').waitFor();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    expect(await page.getByLabel('Event', { exact: true }).inputValue()).toContain(
      '"grant_type": "client_credentials"',
    );
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/The Action completed in \d+ ms/).waitFor();
    await writeCode(page, '');
    await completes(page, 'event.us', []);
    await completes(page, 'event.resource', ['resource_server']);
    await completes(page, 'api.access.', ['deny']);
    await completes(page, 'api.user.', []);
    await writeCode(page, '// Nothing yet.');
    await saveDraft(page);
  });

  it('says what a build complains of, in the margin and in words, and what a dependency is that does not exist', async () => {
    const { page, management } = console;
    const id = await made('Failing');
    await console.open(`actions/library/${id}`);
    await writeCode(page, 'exports.onExecutePostLogin = async (event, api) => {\n  const = 1;\n};');
    await page.locator('.cm-lint-marker-error').first().waitFor();
    await page.getByRole('button', { name: 'Deploy' }).click();
    await page
      .getByRole('alert')
      .getByText(/SyntaxError: .*\(line 2\)/)
      .waitFor();
    await page.getByText('the build failed', { exact: true }).waitFor();
    await console.looksRight('failed build');
    expect((await management.actions.get(id)).deployed_version).toBeUndefined();
    await writeCode(page, handler(''));
    await page.getByRole('button', { name: 'Dependencies' }).click();
    await page.getByRole('button', { name: 'Add Dependency' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Not A Package');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'Save Draft' }).click();
    await page
      .getByRole('alert')
      .getByText(/Not A Package/)
      .waitFor();
    await page.getByRole('button', { name: 'Remove Not A Package' }).click();
    await saveDraft(page);
  });

  it('compares versions with the draft, and rolls back', async () => {
    const { page, management } = console;
    const id = await made('Versions', handler("console.log('one');"));
    await management.actions.deploy(id);
    await management.actions.update(id, { code: handler("console.log('two');") });
    await untilBuilt(management, id);
    await management.actions.deploy(id);
    await console.open(`actions/library/${id}`);
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Compare version 1 with the draft' }).click();
    await page.locator('.cm-deletedChunk').getByText("console.log('one');").waitFor();
    await console.looksRight('differences');
    await console.picture('versions');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('deployed, version 3').waitFor();
    expect((await management.actions.get(id)).code).toContain('one');
    await page.locator('.cm-content').getByText("'one'").waitFor();
  });

  it('tells the second of two tabs, and lets it choose', async () => {
    const { page, management, context, tenant } = console;
    const id = await made('Two tabs', handler("console.log('first');"));
    await console.open(`actions/library/${id}`);
    await page.locator('.cm-content').waitFor();
    const other = await context.newPage();
    // The session with the tenant is there already: no password is asked for.
    await other.goto(consoleOf(tenant).url);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByRole('navigation', { name: 'Screens' }).waitFor();
    await other.goto(`${consoleOf(tenant).url}/actions/library/${id}`);
    await other.locator('.cm-content').waitFor();
    await writeCode(other, handler("console.log('mine');"));

    await page.bringToFront();
    await writeCode(page, handler("console.log('theirs');"));
    await saveDraft(page);
    await other.bringToFront();
    // Whether it looks first or is told first: nothing is written over without a word.
    await other.getByRole('button', { name: 'Save Draft' }).click();
    await other.getByText('This Action was changed elsewhere.').waitFor();
    expect((await management.actions.get(id)).code).toContain('theirs');
    // Nor by asking once more: it has to be chosen.
    await other.getByRole('button', { name: 'Save Draft' }).click();
    await other.getByText('Your draft is not saved.').waitFor();
    expect((await management.actions.get(id)).code).toContain('theirs');
    await other.getByRole('button', { name: 'Take the other version' }).click();
    await other.locator('.cm-content').getByText('theirs').waitFor();
    await writeCode(other, handler("console.log('both');"));
    await saveDraft(other);
    expect((await management.actions.get(id)).code).toContain('both');

    await page.bringToFront();
    // Without a save of its own it is told within some seconds.
    await page.getByText('This Action was changed elsewhere.').waitFor();
    await page.getByRole('button', { name: 'Keep my draft' }).click();
    await page.getByRole('button', { name: 'Save Draft' }).click();
    await expect.poll(async () => (await management.actions.get(id)).code).toContain('theirs');
    await other.close();
  });

  it('asks before unsaved work is left, and renames and deletes', async () => {
    const { page, management } = console;
    const id = await made('Old name');
    await console.open(`actions/library/${id}`);
    await writeCode(page, handler("console.log('unsaved');"));
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked += 1;
      return dialog.dismiss();
    });
    await page.getByRole('link', { name: 'Roles' }).click();
    await expect.poll(() => asked).toBe(1);
    expect(page.url()).toContain(id);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Name', { exact: true }).fill('New name');
    await saveDraft(page);
    await page.getByRole('heading', { level: 1, name: 'New name' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete Action' }).click();
    await page.getByText('There are no Actions yet.').waitFor();
    expect((await management.actions.list()).data).toEqual([]);
  });
});

/** Types into an empty editor. What is offered changes while one types: in the end it is this. */
async function completes(page: Page, typed: string, expected: unknown): Promise<void> {
  await writeCode(page, '');
  await page.keyboard.type(typed);
  await expect.poll(() => page.locator('.cm-completionLabel').allTextContents()).toEqual(expected);
  await page.keyboard.press('Escape');
}
