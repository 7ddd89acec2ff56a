import { expect, test } from 'vitest';
import { openGate } from './gate.ts';

const CLOSED = 'This account was closed. Ask personnel.';
const DEFAULT = 'Your account may not use this application.';

test.each([
  ['of the rule that refuses', 'reason=refuse_rule&rule=left%20the%20company', CLOSED],
  ['of the reason if the rule is unknown', 'reason=refuse_rule&rule=constructor', DEFAULT],
  ['of the reason if no rule is named', 'reason=refuse_rule', DEFAULT],
  [
    'of another reason, regardless of the rule',
    'reason=no_matching_rule&rule=left%20the%20company',
    'Please ask its owner',
  ],
])('the landing page shows the sentence %s', async (_, query, sentence) => {
  await using gate = await openGate({ options: { ruleSentences: { 'left the company': CLOSED } } });
  const { body } = await gate.browser.open(`${gate.standIn.landingPageUrl}?${query}`);
  expect(body).toContain(sentence);
  if (sentence !== CLOSED) expect(body).not.toContain(CLOSED);
});

test('an application without organisation roles starts, and no role names an organisation', async () => {
  await using gate = await openGate({ options: { organizationPrefix: '' } });
  await gate.browser.visit(gate.standIn.homeUrl);
  const { status, body } = await gate.browser.open(gate.standIn.homeUrl);
  expect(status).toBe(200);
  expect(body).toContain('<dd id="organization"><span class="dim">none</span>');
});
