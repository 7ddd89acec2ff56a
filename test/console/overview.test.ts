import { describe, expect, it } from 'vitest';
import { openContext } from '../browser/shared-browser.ts';
import { makeAction } from './action-editor.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { typeIn } from './console-in-browser.ts';
import { openGate } from './gate-in-browser.ts';

describe('the overview of a tenant with a gate', () => {
  const console = consoleForEachTest(openGate);

  it('counts who was let in and refused, with reasons, and names what is not right', async () => {
    const { page, gate, management } = console;
    for (const name of ['Una', 'Vera']) {
      const { email = '', password = '' } = gate.cast.find((one) => one.name === name) ?? {};
      const context = await openContext();
      const tab = await context.newPage();
      await tab.goto(gate.standIn.homeUrl);
      await typeIn(tab, { email, password });
      await tab.waitForURL(/\/ords\//);
      await context.close();
    }
    await makeAction(management, 'Forgotten');
    await console.open('overview');
    await page.getByRole('img', { name: 'Logins over time: 1 let in, 1 refused, 0 waiting' }).waitFor();
    const reasons = page.getByRole('region', { name: 'Reasons' });
    await reasons.getByText('as a verified person without an organisation').waitFor();
    await reasons.getByText('the e-mail address is not verified').waitFor();
    const findings = page.getByRole('region', { name: 'To look at' });
    await findings.getByText('“Forgotten” is not deployed, so it does not run.').waitFor();
    await page.getByRole('region', { name: 'Latest changes' }).getByText('Create an action').first().waitFor();
    await page.getByRole('region', { name: 'How long Actions take' }).getByText('latest 2 runs').waitFor();
    await console.checkAppearance('overview');
    await console.picture('overview', { whole: true });
    await page.getByRole('button', { name: 'Table' }).click();
    const table = page.getByRole('region', { name: 'Logins over time' }).getByRole('table');
    await page.getByRole('button', { name: '7 days' }).click();
    await table.getByRole('columnheader', { name: 'Day' }).waitFor();
    await expect.poll(() => table.getByRole('row').nth(1).getByRole('cell').allTextContents()).toEqual(['1', '1', '0']);
    await console.checkAppearance('overview as a table');
    expect(new URL(page.url()).searchParams.get('days')).toBe('7');
    await findings.getByRole('link', { name: /Forgotten/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Forgotten' }).waitFor();
  });
});

describe('the overview of an empty tenant', () => {
  const console = consoleForEachTest();

  it('says what to do next', async () => {
    const { page } = console;
    await console.open('overview');
    const steps = page.getByRole('region', { name: 'What to do next' });
    await steps.getByText('0 of 5 done').waitFor();
    await console.checkAppearance('overview of an empty tenant');
    await steps.getByRole('link', { name: 'Create a user' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await console.management.users.create({
      connection: 'Username-Password-Authentication',
      email: 'una@elsewhere.example',
      password: 'Correct-Horse-9',
    });
    await console.open('overview');
    await steps.getByText('1 of 5 done').waitFor();
  });
});
