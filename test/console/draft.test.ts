import { describe, expect, it } from 'vitest';
import { handler, makeAction, saveDraft, writeCode } from './action-editor.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { tokenInTab } from './console-in-browser.ts';

const restored = 'An unsaved draft of this Action was restored.';
const changedElsewhere = 'This Action was changed elsewhere.';
const mine = handler("console.log('mine');");

describe('the unsaved draft of an Action', () => {
  const console = consoleForEachTest();

  /** Everything that the tab stores. */
  const stored = async () => String(await console.page.evaluate('JSON.stringify(sessionStorage)'));

  const code = async () => (await console.page.locator('.cm-content').textContent()) ?? '';

  /** Opens the editor of an Action and types code that is not saved. */
  async function openUnsavedDraft(): Promise<string> {
    const id = await makeAction(console.management, 'Drafted', handler("console.log('saved');"));
    await console.open(`actions/library/${id}`);
    await writeCode(console.page, mine);
    await expect.poll(stored).toContain('mine');
    return id;
  }

  async function reload(): Promise<void> {
    await console.page.reload();
    await console.page.locator('.cm-content').waitFor();
  }

  it('survives a reload without the values of secrets, until it is saved', async () => {
    const { page, management } = console;
    const id = await openUnsavedDraft();
    await page.getByRole('button', { name: 'Add Secret' }).click();
    await page.getByLabel('Key').fill('apiKey');
    await page.getByLabel('Value').fill('secret-value');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'Dependencies' }).click();
    await page.getByRole('button', { name: 'Add Dependency' }).click();
    await page.getByLabel('Name', { exact: true }).fill('some-package');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect.poll(stored).toContain('some-package');
    expect(await stored()).toContain('apiKey');
    expect(await stored()).not.toContain('secret-value');

    await reload();
    await page.getByText(restored).waitFor();
    await page.getByText('Values of secrets are not stored: enter apiKey again.').waitFor();
    expect(await code()).toContain('mine');
    await page.getByText('not saved').waitFor();
    await console.checkAppearance('restored draft');
    expect((await management.actions.get(id)).code).toContain('saved');
    // A second reload loses nothing either.
    await reload();
    await page.getByText('enter apiKey again').waitFor();

    await page.getByRole('button', { name: 'Add Secret' }).click();
    await page.getByLabel('Key').fill('apiKey');
    await page.getByLabel('Value').fill('secret-value');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('enter apiKey again').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Dependencies' }).click();
    await page.getByRole('button', { name: 'Remove some-package' }).click();
    await saveDraft(page);
    expect(await management.actions.get(id)).toMatchObject({ code: mine, secrets: [{ name: 'apiKey' }] });
    expect(await page.getByText(restored).count()).toBe(0);
    expect(await stored()).not.toContain('mine');
    await reload();
    expect(await page.getByText(restored).count()).toBe(0);
  });

  it('reports lost values of secrets until they are entered again or the draft is discarded', async () => {
    const { page, management } = console;
    const id = await makeAction(management, 'Drafted');
    await console.open(`actions/library/${id}`);
    await page.getByRole('button', { name: 'Add Secret' }).click();
    await page.getByLabel('Key').fill('apiKey');
    await page.getByLabel('Value').fill('secret-value');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect.poll(stored).toContain('apiKey');
    page.on('dialog', (dialog) => dialog.accept());
    for (let time = 0; time < 2; time += 1) {
      await reload();
      await page.getByText('enter apiKey again').waitFor();
    }
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await expect.poll(stored).not.toContain('apiKey');
    await reload();
    expect(await page.getByText('enter apiKey again').count()).toBe(0);
  });

  it('survives a new sign-in after the access token has expired', async () => {
    const { page } = console;
    const id = await openUnsavedDraft();
    const dialogs: string[] = [];
    page.on('dialog', async (dialog) => {
      dialogs.push(dialog.type());
      await dialog.accept();
    });
    const api = '**/api/v2/**';
    // An invalid signature is refused in the same way as an expired token.
    const authorization = `Bearer ${(await tokenInTab(page)).replace(/[^.]+$/, 'c2lnbmF0dXJl')}`;
    await page.route(api, (route) => route.continue({ headers: { ...route.request().headers(), authorization } }));
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.unroute(api);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(restored).waitFor();
    expect(page.url()).toContain(id);
    await page.locator('.cm-content').getByText('mine').waitFor();
    // No dialog announced that the draft would be lost.
    expect(dialogs).toEqual([]);
  });

  it('is discarded on request', async () => {
    const { page } = console;
    await openUnsavedDraft();
    await reload();
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await page.locator('.cm-content').getByText('saved').waitFor();
    expect(await page.getByText(restored).count()).toBe(0);
    await expect.poll(stored).not.toContain('mine');
    await reload();
    expect(await code()).toContain('saved');
    expect(await page.getByText(restored).count()).toBe(0);
  });

  it('is discarded when the user confirms to leave the screen, deletes the Action or signs out', async () => {
    const { page } = console;
    const id = await openUnsavedDraft();
    page.on('dialog', (dialog) => dialog.accept());
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    expect(await stored()).not.toContain('mine');
    await console.open(`actions/library/${id}`);
    await writeCode(page, mine);
    await expect.poll(stored).toContain('mine');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete Action' }).click();
    await page.getByText('There are no Actions yet.').waitFor();
    expect(await stored()).not.toContain('mine');
    await openUnsavedDraft();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('is restored when the user returns with the buttons of the browser', async () => {
    const { page } = console;
    const id = await makeAction(console.management, 'Drafted');
    await console.open('actions/library');
    await page.getByRole('link', { name: 'Drafted' }).click();
    await page.locator('.cm-content').waitFor();
    await writeCode(page, mine);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
    await page.goForward();
    await page.getByText(restored).waitFor();
    expect(page.url()).toContain(id);
    await page.locator('.cm-content').getByText('mine').waitFor();
  });

  it('does not overwrite a version that was saved elsewhere meanwhile', async () => {
    const { page, management } = console;
    const id = await openUnsavedDraft();
    await management.actions.update(id, { code: handler("console.log('theirs');") });
    await reload();
    await page.getByText(restored).waitFor();
    await page.getByText(changedElsewhere).waitFor();
    expect(await code()).toContain('mine');
    await console.checkAppearance('restored draft of an Action that was changed');
    // Without a choice nothing is saved, even at a second attempt.
    await page.getByRole('button', { name: 'Save Draft' }).click();
    await page.getByText('Your draft is not saved.').waitFor();
    expect((await management.actions.get(id)).code).toContain('theirs');
    await reload();
    await page.getByText(changedElsewhere).waitFor();
    await page.getByRole('button', { name: 'Keep my draft' }).click();
    await saveDraft(page);
    expect((await management.actions.get(id)).code).toBe(mine);
    expect(await page.getByText(restored).count()).toBe(0);
  });

  it('can be edited while it is saved and built', async () => {
    const { page, management } = console;
    const id = await openUnsavedDraft();
    const release = Promise.withResolvers<void>();
    await page.route(`**/api/v2/actions/actions/${id}`, async (route) => {
      if (route.request().method() === 'PATCH') await release.promise;
      await route.continue();
    });
    const saving = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save Draft' }).click();
    await saving;
    await writeCode(page, handler("console.log('later');"));
    release.resolve();
    await page.getByText('The draft is saved and built.').waitFor();
    expect(await code()).toContain('later');
    expect((await management.actions.get(id)).code).toBe(mine);
    await saveDraft(page);
    expect((await management.actions.get(id)).code).toContain('later');
  });
});
