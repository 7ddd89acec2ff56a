import { expect, it } from 'vitest';
import { coloursFor } from '../../src/cli/colours.ts';
import { warningLines } from '../../src/cli/policy-tests/show-policy-warnings.ts';

const colours = coloursFor({ stdout: {}, environment: {} });
const warning = 'admit "ann" changes nothing: admit "water company" always covers it, and asks for no factor.';

it('warnings about a policy fit the terminal, and are one line each without one', () => {
  const lines = warningLines([warning, 'short'], colours, 60);
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(60);
  expect(lines.join(' ').replaceAll(/ +/g, ' ')).toBe(` ! ${warning} ! short`);
  expect(warningLines([warning], colours)).toEqual([`  ! ${warning}`]);
});
