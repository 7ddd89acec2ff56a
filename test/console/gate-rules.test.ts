import { expect, it } from 'vitest';
import type { Policy } from '../../src/policy/policy.ts';
import { openContext } from '../browser/shared-browser.ts';
import { gatePolicy } from '../gate-policy.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { typeIn } from './console-in-browser.ts';
import { openGate } from './gate-in-browser.ts';

const password = 'Open-the-gate-1';
const SENTENCE = 'Please sign in from the office.';
const { defaultRole: _, ...base } = gatePolicy;
const policy: Policy = {
  ...base,
  organizationPrefix: '',
  organizations: [],
  refuse: [
    {
      rule: 'office only',
      when: { email: ['una@elsewhere.example'], not: [{ network: ['192.0.2.0/24'] }] },
      because: SENTENCE,
    },
  ],
  admit: [
    { rule: 'administrators', when: { email: ['ada@elsewhere.example'] }, roles: ['APEX Admin'], mfa: true },
    { rule: 'Germany', when: { emailDomain: ['elsewhere.example'], country: ['DE'] }, roles: [] },
  ],
  otherwise: 'refuse',
};

const console = consoleForEachTest(() => openGate({ policy }));

it('the gate shows rules, what each user depends on, and decides about a visitor with every field that rules look at', async () => {
  const { page } = console;
  await console.open('gate');
  await page
    .getByText(/office only: refused, whatever else holds: address una@elsewhere\.example and not \(network 192/)
    .waitFor();
  await page
    .getByText(/administrators: address ada@elsewhere\.example: let in and given APEX Admin, after a second factor/)
    .waitFor();
  await page.getByText('Every other user is refused.').waitFor();
  await page.getByText('depending on the login').first().waitFor();
  await page
    .getByRole('row', { name: /vera@elsewhere\.example.*Refused: the e-mail address is not verified\./ })
    .waitFor();
  await page.getByRole('row', { name: /una@elsewhere\.example.*Depends on: country, network\./ }).waitFor();

  const decision = page.getByRole('status');
  await page.getByLabel('Email address').fill('ada@elsewhere.example');
  await decision.getByText('Let in by the rule "administrators", after a second factor').waitFor();
  await page.getByLabel('A second factor was passed').check();
  await decision.getByText(/^Let in by the rule "administrators": /).waitFor();
  await page.getByLabel('Email address').fill('una@elsewhere.example');
  await decision.getByText('Refused by the rule "office only".').waitFor();
  await page.getByLabel('IP address').fill('192.0.2.7');
  await page.getByLabel('Country').fill('de');
  await decision.getByText('Let in by the rule "Germany"').waitFor();
  expect(await page.getByLabel('Connection').count()).toBe(0);
  await console.checkAppearance('the gate with rules');
});

it('a user of another network reads the sentence of the rule, and an administrator is asked for a factor', async () => {
  const { gate } = console;
  // The cast has a user for each rule that an address is enough for.
  await gate.management.guardian.factors.set('otp', { enabled: true });
  const visit = async (email: string) => {
    const context = await openContext();
    const page = await context.newPage();
    await page.goto(gate.standIn.homeUrl);
    await typeIn(page, { email, password });
    return { context, page };
  };
  const una = await visit('una@elsewhere.example');
  await una.page.getByText(SENTENCE).waitFor();
  expect(new URL(una.page.url()).searchParams.get('rule')).toBe('office only');
  await una.context.close();
  const ada = await visit('ada@elsewhere.example');
  await ada.page.waitForURL(/\/u\/mfa-otp-enrollment-qr/);
  await ada.context.close();
});

it('the replay of a login says how the policy decides now, beside how it did', async () => {
  const { gate, page } = console;
  const context = await openContext();
  const visitor = await context.newPage();
  await visitor.goto(gate.standIn.homeUrl);
  await typeIn(visitor, { email: 'una@elsewhere.example', password });
  await visitor.getByText(SENTENCE).waitFor();
  await context.close();
  await gate.put({
    ...policy,
    refuse: [],
    admit: [{ rule: 'una', when: { email: ['una@elsewhere.example'] }, roles: [] }],
  });
  await console.open('try');
  await page.getByRole('region', { name: 'Logins, latest first' }).getByRole('link').first().click();
  await page.getByRole('link', { name: 'Replay' }).click();
  await page
    .getByRole('row', { name: /Policy Refused by the rule "office only"\. Let in by the rule "una"/ })
    .waitFor();
  await page.getByRole('row', { name: /^Outcome refused: the rule "office only" let in$/ }).waitFor();
});
