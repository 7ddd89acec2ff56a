import type { ManagementClient } from 'auth0';
import type { Page } from 'playwright-core';
import { untilBuilt } from '../until.ts';

/** The code of a post-login Action. */
export const handler = (body: string) => `exports.onExecutePostLogin = async (event, api) => {\n${body}\n};`;

/** Creates a post-login Action, and waits until it is built. */
export async function makeAction(management: ManagementClient, name: string, code = handler('')): Promise<string> {
  const { id = '' } = await management.actions.create({
    name,
    code,
    runtime: 'node22',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
  });
  await untilBuilt(() => management.actions.get(id));
  return id;
}

/** Replaces the code in the editor by typing. */
export async function writeCode(page: Page, code: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  if (code === '') await page.keyboard.press('Delete');
  else await page.keyboard.insertText(code);
}

/** Saves the draft in the editor, and waits until it is built. */
export async function saveDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save Draft' }).click();
  // The notice alone may be from the previous save.
  await page.getByRole('button', { name: 'Save Draft', disabled: true }).waitFor();
  await page.getByText('The draft is saved and built.').waitFor();
}
