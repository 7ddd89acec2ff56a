import type { ManagementClient } from 'auth0';
import type { Page } from 'playwright-core';
import { untilBuilt } from '../local-tenant.ts';

/** The code of a post-login Action. */
export const handler = (body: string) => `exports.onExecutePostLogin = async (event, api) => {\n${body}\n};`;

/** Makes a post-login Action, and waits until it is built. */
export async function makeAction(management: ManagementClient, name: string, code = handler('')): Promise<string> {
  const { id = '' } = await management.actions.create({
    name,
    code,
    runtime: 'node22',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
  });
  await untilBuilt(management, id);
  return id;
}

/** Types into the editor, in the place of what is there. */
export async function writeCode(page: Page, code: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  // Typed over a selection, Chromium first tries to keep its colours by a style of its own, which the page's policy refuses.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(code);
}

/** Saves what is in the editor, and waits until it is built. */
export async function saveDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save Draft' }).click();
  // The words alone may be those of the save before.
  await page.getByRole('button', { name: 'Save Draft', disabled: true }).waitFor();
  await page.getByText('The draft is saved and built.').waitFor();
}
