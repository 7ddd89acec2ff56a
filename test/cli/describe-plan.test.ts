import { expect, it } from 'vitest';
import { coloursFor } from '../../src/cli/colours.ts';
import { describePlan } from '../../src/cli/deployment/describe-plan.ts';
import type { PlannedChange } from '../../src/deployment/plan/planned-change.ts';

const change = (resource: PlannedChange['resource'], name: string, why: string): PlannedChange => ({
  resource,
  name,
  action: 'create',
  why,
  fields: [{ name: 'description', before: undefined, after: 'APEX User' }],
});
const changes = [
  change('role', 'APEX User', 'the policy gives it to verified users who belong to no organisation'),
  change('action', 'Portcullis gate', 'decides about each login'),
];
const plan = {
  digest: 'abc',
  domain: 'example.eu.auth0.com',
  changes,
  losses: [],
  warnings: ['The application has no Allowed Callback URL, so APEX cannot end a login at the tenant.'],
};

it('a plan fits a terminal of 60 columns, and loses no word', () => {
  const colours = coloursFor({ stdout: {}, environment: {} });
  const narrow = describePlan(plan, colours, 60);
  for (const line of narrow.split('\n')) expect(line.length, line).toBeLessThanOrEqual(60);
  const words = (text: string) => text.split(/\s+/);
  expect(words(narrow)).toEqual(words(describePlan(plan, colours)));
});
