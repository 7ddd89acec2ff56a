import { expect, it } from 'vitest';
import { coloursFor } from '../../src/cli/colours.ts';
import { onceTable } from '../../src/cli/dev/once-table.ts';
import type { Row } from '../../src/cli/dev/sign-in-cast.ts';

it.each([
  [80, 9],
  [80, 999],
  [80, 1000],
  [80, 61_234],
  [60, 9],
  [60, 61_234],
  [50, 61_234],
])('fits %s columns even on a slow machine: %s ms', (columns, milliseconds) => {
  const row: Row = {
    person: 'una@elsewhere.example',
    kind: 'verified, unknown domain',
    visit: 'return',
    decision: 'admit',
    reason: 'organization_member',
    assigned: ['APEX User'],
    claim: ['ORG:WATER'],
    arrival: 'home',
    hops: 5,
    managementCalls: 2,
    milliseconds,
    differences: [],
  };
  for (const line of onceTable([row], coloursFor({ stdout: {}, environment: {} }), columns).split('\n')) {
    expect(line.length, line).toBeLessThanOrEqual(columns);
  }
});
