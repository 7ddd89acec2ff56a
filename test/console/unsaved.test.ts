import { describe, expect, it } from 'vitest';
import { makeAction } from './action-editor.ts';
import { consoleOfEachTest } from './console-for-each-test.ts';

describe('what is not saved on a screen of the console', () => {
  const console = consoleOfEachTest();

  /** Answers every question of the browser, and tells which there were. */
  function answering(answer: { leave: boolean }): string[] {
    const asked: string[] = [];
    console.page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await (answer.leave ? dialog.accept() : dialog.dismiss());
    });
    return asked;
  }

  it('is lost by nobody who leaves a form, goes to another part of it or reloads the page without being asked', async () => {
    const { management, page } = console;
    const { id } = await management.roles.create({ name: 'ORG: here', description: 'before' });
    await console.open(`roles/${id}`);
    const description = page.getByLabel('Description');
    await description.fill('not saved');
    const answer = { leave: false };
    const asked = answering(answer);
    await page.getByRole('navigation', { name: 'Parts of the role' }).getByText('Users').click();
    await page.getByRole('link', { name: 'Logs' }).click();
    expect(asked).toEqual(['confirm', 'confirm']);
    expect(await description.inputValue()).toBe('not saved');
    answer.leave = true;
    await page.reload();
    expect(asked.slice(2)).toEqual(['beforeunload']);
    // Saved, deleted or unchanged: there is nothing to ask.
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
    expect(asked).toHaveLength(3);
  });

  it('is asked for where a flow that is not applied is reloaded', async () => {
    const { management, page } = console;
    const id = await makeAction(management, 'First');
    await management.actions.deploy(id);
    await console.open('actions/triggers/post-login');
    const asked = answering({ leave: true });
    await page.getByRole('button', { name: /^Add/ }).click();
    await page.getByText('not applied').waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^Add/ }).waitFor();
    expect(asked).toEqual(['beforeunload']);
  });
});
