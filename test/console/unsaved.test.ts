import { describe, expect, it } from 'vitest';
import { makeAction } from './action-editor.ts';
import { consoleForEachTest } from './console-for-each-test.ts';

describe('unsaved work on a screen of the console', () => {
  const console = consoleForEachTest();

  /** Answers every dialog of the browser, and records their types. */
  function answerDialogs(answer: { leave: boolean }): string[] {
    const dialogs: string[] = [];
    console.page.on('dialog', async (dialog) => {
      dialogs.push(dialog.type());
      await (answer.leave ? dialog.accept() : dialog.dismiss());
    });
    return dialogs;
  }

  it('is not lost without a question when the user leaves a form, opens another tab of it or reloads the page', async () => {
    const { management, page } = console;
    const { id } = await management.roles.create({ name: 'ORG: here', description: 'before' });
    await console.open(`roles/${id}`);
    const description = page.getByLabel('Description');
    await description.fill('not saved');
    const answer = { leave: false };
    const dialogs = answerDialogs(answer);
    await page.getByRole('navigation', { name: 'Parts of the role' }).getByText('Users').click();
    await page.getByRole('link', { name: 'Logs' }).click();
    expect(dialogs).toEqual(['confirm', 'confirm']);
    expect(await description.inputValue()).toBe('not saved');
    answer.leave = true;
    await page.reload();
    expect(dialogs.slice(2)).toEqual(['beforeunload']);
    // After saving or deleting there is no question.
    await description.fill('saved');
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByText('The role is saved.').waitFor();
    await page.getByRole('navigation', { name: 'Parts of the role' }).getByText('Users').click();
    await page.getByText('No user holds this role.').waitFor();
    await page.getByRole('navigation', { name: 'Parts of the role' }).getByText('Settings').click();
    await description.fill('gone with it');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete role' }).click();
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    expect(dialogs).toHaveLength(3);
  });

  it('causes a question when a flow that is not applied is reloaded', async () => {
    const { management, page } = console;
    const id = await makeAction(management, 'First');
    await management.actions.deploy(id);
    await console.open('actions/triggers/post-login');
    const dialogs = answerDialogs({ leave: true });
    await page.getByRole('button', { name: /^Add/ }).click();
    await page.getByText('not applied').waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^Add/ }).waitFor();
    expect(dialogs).toEqual(['beforeunload']);
  });
});
