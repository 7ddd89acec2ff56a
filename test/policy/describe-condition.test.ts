import { describe, expect, it } from 'vitest';
import { describeCondition } from '../../src/policy/describe-condition.ts';

const condition = { email: ['una@water.example'], not: [{ email: ['bob@fire.example'] }] };

describe('a condition in words', () => {
  it('shows the first letter and the domain of an address', () => {
    expect(describeCondition(condition)).toBe('address u***@water.example and not (address b***@fire.example)');
  });

  it('shows whole addresses to those who see them anyway', () => {
    expect(describeCondition(condition, 'whole')).toBe('address una@water.example and not (address bob@fire.example)');
  });

  it('counts values beyond the fourth', () => {
    expect(describeCondition({ role: ['A', 'B', 'C', 'D', 'E', 'F'] })).toBe('role A or B or C or D or 2 more');
  });
});
