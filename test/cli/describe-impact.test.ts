import { expect, it } from 'vitest';
import { coloursFor } from '../../src/cli/colours.ts';
import { describeImpact } from '../../src/cli/deployment/describe-impact.ts';

const tally = {
  count: 1234,
  people: ['ann@water.example', 'una@elsewhere.example', 'kim@elsewhere.example'].map((email) => ({
    userId: `auth0|${email}`,
    email,
  })),
  domains: ['water.example', 'elsewhere.example', 'lab.water.example'].map((domain) => ({ domain, count: 400 })),
};
const door = {
  applications: ['one', 'two', 'three'],
  beforeKnown: true,
  admitted: 1234,
  refused: 1234,
  depends: 1234,
  dependsOn: { 'depends on connection, country, network': tally },
  newlyRefused: { unverified_email: tally },
  newlyAdmitted: { default_role: tally },
  newlyGiven: { 'A role with a name of several words that is long': tally },
  noLongerGiven: { MEMBER: tally },
};
const impact = { people: 2468, blocked: 12, doors: [door, { ...door, beforeKnown: false }] };
const names = new Map(door.applications.map((id) => [id, `The APEX application ${id}`]));

it('an impact fits a terminal of 60 columns, and loses no word', () => {
  const colours = coloursFor({ stdout: {}, environment: {} });
  const narrow = describeImpact(impact, names, colours, 60);
  for (const line of narrow.split('\n')) expect(line.length, line).toBeLessThanOrEqual(60);
  const words = (text: string) => text.split(/\s+/);
  expect(words(narrow)).toEqual(words(describeImpact(impact, names, colours)));
});
