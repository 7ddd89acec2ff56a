import { expect, test } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { hasVisibleCharacter, INVISIBLE_CHARACTERS } from '../../src/policy/invisible-characters.ts';
import { closedPolicy, stranger } from './example-policy.ts';

const invisible = INVISIBLE_CHARACTERS.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCharCode(first + at)),
);

test.each(invisible)('a role of the prefix and %j alone is no organisation’s', (character) => {
  const decision = decide(closedPolicy, { ...stranger, roles: [`${closedPolicy.organizationPrefix}${character}`] });
  expect(decision).toEqual(decide(closedPolicy, { ...stranger, roles: [] }));
});

test('a name that can be seen counts, whatever is around it', () => {
  expect(hasVisibleCharacter('\u200bWATER')).toBe(true);
  expect(hasVisibleCharacter('水')).toBe(true);
  expect(hasVisibleCharacter('')).toBe(false);
});

test('what Unicode calls white space or ignorable is invisible', () => {
  const found: string[] = [];
  for (let code = 0; code < 0xfff0; code += 1) {
    const character = String.fromCharCode(code);
    if (/[\p{White_Space}\p{Default_Ignorable_Code_Point}]/u.test(character)) found.push(character);
  }
  // The next line's own control character is white space to Unicode, and none to JavaScript.
  expect(found.filter((character) => !invisible.includes(character))).toEqual(['\u0085']);
});
