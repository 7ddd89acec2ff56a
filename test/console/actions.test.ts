import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { untilBuilt } from '../until.ts';
import { handler, makeAction, saveDraft, writeCode } from './action-editor.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { consoleOf } from './console-in-browser.ts';

describe('Actions > Library in the console', () => {
  const console = consoleForEachTest();

  const createAction = (name: string, code?: string) => makeAction(console.management, name, code);

  it('creates an Action with a secret that is never shown again, tests it and deploys it', async () => {
    const { page, management } = console;
    await console.open('actions/library');
    await page.getByText('There are no Actions yet.').waitFor();
    await console.checkAppearance('empty library');
    await page.getByRole('button', { name: 'Build Custom' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Assign Default Role');
    await console.checkAppearance('new Action');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Assign Default Role' }).waitFor();
    await page.locator('.cm-content').waitFor();
    await console.checkAppearance('editor');

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
    await console.checkAppearance('test');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/The Action completed in \d+ ms/).waitFor();
    const output = (await page.locator('.console').textContent()) ?? '';
    expect(output).toContain('ada@example.com');
    expect(output).not.toContain('rol_verysecret');
    await page.getByLabel('Event').fill('{"event');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('The event is not JSON').waitFor();

    await page.getByRole('button', { name: 'Deploy' }).click();
    await page.getByText('deployed, version 1').waitFor();
    await console.picture('editor');
    expect((await management.actions.get(action?.id ?? '')).deployed_version?.number).toBe(1);

    // The secret can be given another value, and be removed.
    await page.getByRole('button', { name: 'Secrets' }).click();
    await page.getByRole('button', { name: 'Change defaultRole' }).click();
    await page.getByLabel('Value').fill('another');
    await page.getByRole('button', { name: 'Update', exact: true }).click();
    await saveDraft(page);
    await page.getByRole('button', { name: 'Remove defaultRole' }).click();
    await saveDraft(page);
    expect((await management.actions.get(action?.id ?? '')).secrets).toEqual([]);
  });

  it('completes event, its secrets and api', async () => {
    const { page, management } = console;
    const id = await createAction('Completing');
    await management.actions.update(id, { secrets: [{ name: 'clientSecret', value: 'x' }] });
    await untilBuilt(() => management.actions.get(id));
    await console.open(`actions/library/${id}`);
    const expectOptions = (typed: string, expected: unknown) => expectCompletions(page, typed, expected);
    await expectOptions('event.us', ['user']);
    await expectOptions('event.user.email', expect.arrayContaining(['email', 'email_verified']));
    await expectOptions('event.secrets.', ['clientSecret']);
    await expectOptions('api.access', expect.arrayContaining(['access', 'accessToken']));
    await expectOptions('api.idToken.', ['setCustomClaim']);
  });

  it('finds text in the whole code', async () => {
    const { page, management } = console;
    const id = await createAction('Long');
    const lines = Array.from({ length: 400 }, (_, index) => `// line ${index}`);
    const code = [...lines, '// needle', 'exports.onExecutePostLogin = async () => {};'].join('\n');
    await management.actions.update(id, { code });
    await untilBuilt(() => management.actions.get(id));
    await console.open(`actions/library/${id}`);
    const editor = page.getByRole('textbox', { name: 'Code of Long' });
    await editor.click();
    await page.keyboard.press('Control+f');
    await page.getByRole('textbox', { name: 'Find' }).pressSequentially('needle');
    await page.keyboard.press('Enter');
    await page.locator('.cm-searchMatch-selected', { hasText: 'needle' }).waitFor();
    await console.checkAppearance('the editor with its search');
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Find' }).waitFor({ state: 'detached' });
  });

  it('offers Actions of other triggers the completions and the test event of their trigger', async () => {
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
    await expectCompletions(page, 'event.us', []);
    await expectCompletions(page, 'event.resource', ['resource_server']);
    await expectCompletions(page, 'api.access.', ['deny']);
    await expectCompletions(page, 'api.user.', []);
    await writeCode(page, '// Nothing yet.');
    await saveDraft(page);
  });

  it('offers the triggers that run here for a new Action, by their names', async () => {
    const { page } = console;
    await console.open('actions/library');
    await page.getByRole('button', { name: 'Build Custom' }).click();
    const trigger = page.getByLabel('Trigger');
    await trigger.waitFor();
    expect(await trigger.locator('option').allTextContents()).toEqual([
      'Login / Post Login',
      'Machine to Machine',
      'Pre User Registration',
      'Post User Registration',
      'Post Change Password',
    ]);
  });

  it('removes the mark of a build error as soon as its line is corrected', async () => {
    const { page } = console;
    await console.open(`actions/library/${await createAction('Corrected')}`);
    const mark = page.locator('.cm-lint-marker-error');
    // The editor's own parser accepts this code; the JavaScript engine does not.
    await writeCode(page, handler('let twice; let twice;'));
    await page.getByRole('button', { name: 'Deploy' }).click();
    await mark.waitFor();
    // The last line is wrong now: its mark shows that the editor has looked at the new code.
    await writeCode(page, `${handler('let once;')}\n)`);
    await page.locator('.cm-lintRange-error').first().waitFor();
    expect(await mark.count()).toBe(1);
  });

  it('shows the errors of saved code in the margin and in words before it deploys it, and a dependency that does not exist', async () => {
    const { page, management } = console;
    const id = await createAction('Failing');
    await console.open(`actions/library/${id}`);
    await writeCode(page, 'exports.onExecutePostLogin = async (event, api) => {\n  const = 1;\n};');
    await page.locator('.cm-lint-marker-error').first().waitFor();
    await page.getByRole('button', { name: 'Deploy' }).click();
    await page
      .getByRole('alert')
      .getByText(/SyntaxError: .*\(line 2\)/)
      .waitFor();
    await console.checkAppearance('syntax error');
    expect((await management.actions.get(id)).deployed_version).toBeUndefined();
    // A second request deploys it, as on Auth0.
    await page.getByRole('button', { name: 'Deploy' }).click();
    await page.getByText('deployed, version 1', { exact: true }).waitFor();
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
    const id = await createAction('Versions', handler("console.log('one');"));
    await management.actions.deploy(id);
    await management.actions.update(id, { code: handler("console.log('two');") });
    await untilBuilt(() => management.actions.get(id));
    await management.actions.deploy(id);
    await console.open(`actions/library/${id}`);
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Compare version 1 with the draft' }).click();
    await page.locator('.cm-deletedChunk').getByText("console.log('one');").waitFor();
    await console.checkAppearance('differences');
    await console.picture('versions');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('deployed, version 3').waitFor();
    expect((await management.actions.get(id)).code).toContain('one');
    await page.locator('.cm-content').getByText("'one'").waitFor();
  });

  it('shows a conflict in the second of two tabs and lets the user choose', async () => {
    const { page, management, context, tenant } = console;
    const id = await createAction('Two tabs', handler("console.log('first');"));
    await console.open(`actions/library/${id}`);
    await page.locator('.cm-content').waitFor();
    const other = await context.newPage();
    // The session at the tenant exists already, so no password is needed.
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
    // Nothing is overwritten silently, even if the save comes before the next poll.
    await other.getByRole('button', { name: 'Save Draft' }).click();
    await other.getByText('This Action was changed elsewhere.').waitFor();
    expect((await management.actions.get(id)).code).toContain('theirs');
    // A second save does not overwrite either: the user has to choose.
    await other.getByRole('button', { name: 'Save Draft' }).click();
    await other.getByText('Your draft is not saved.').waitFor();
    expect((await management.actions.get(id)).code).toContain('theirs');
    await other.getByRole('button', { name: 'Take the other version' }).click();
    await other.locator('.cm-content').getByText('theirs').waitFor();
    await writeCode(other, handler("console.log('both');"));
    await saveDraft(other);
    expect((await management.actions.get(id)).code).toContain('both');

    await page.bringToFront();
    // Polling shows the conflict within a few seconds, without a save.
    await page.getByText('This Action was changed elsewhere.').waitFor();
    await page.getByRole('button', { name: 'Keep my draft' }).click();
    await page.getByRole('button', { name: 'Save Draft' }).click();
    await expect.poll(async () => (await management.actions.get(id)).code).toContain('theirs');
    await other.close();
  });

  it('asks before the user leaves unsaved work, renames an Action and deletes it', async () => {
    const { page, management } = console;
    const id = await createAction('Old name');
    await console.open(`actions/library/${id}`);
    await writeCode(page, handler("console.log('unsaved');"));
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs += 1;
      return dialog.dismiss();
    });
    await page.getByRole('link', { name: 'Roles' }).click();
    await expect.poll(() => dialogs).toBe(1);
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

/** Types into an empty editor, and waits for the expected completions. They change during typing. */
async function expectCompletions(page: Page, typed: string, expected: unknown): Promise<void> {
  await writeCode(page, '');
  await page.keyboard.type(typed);
  await expect.poll(() => page.locator('.cm-completionLabel').allTextContents()).toEqual(expected);
  await page.keyboard.press('Escape');
}
