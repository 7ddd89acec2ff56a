import fc from 'fast-check';
import { expect, it } from 'vitest';
import { javascriptLiteral, type Literal } from '../../src/action/javascript-literal.ts';
import { parseLiteral } from '../../src/action/literal-parser.ts';
import { readPolicy } from '../../src/action/read-policy.ts';

const { literal } = fc.letrec<{ literal: Literal }>((tie) => ({
  literal: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.array(tie('literal'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('literal'), { maxKeys: 4 }),
  ),
}));

it('reads back every value that an Action can carry', () => {
  fc.assert(
    fc.property(literal, (value) => {
      const code = `const POLICY = ${javascriptLiteral(value)};`;
      expect(JSON.stringify(parseLiteral(code, 'const POLICY = '.length))).toBe(JSON.stringify(value));
    }),
  );
});

it.each(['process.exit()', '[1,', "{ a: 'b'", '`text`', "'a' + 'b'[0", '{ get a() { return 1; } }', ''])(
  'reads nothing else: %s',
  (code) => {
    const value = parseLiteral(code, 0);
    expect(value === undefined || value === 'a').toBe(true);
  },
);

it('reads no policy from code without one', () => {
  expect(readPolicy('exports.onExecutePostLogin = async () => {};')).toBeUndefined();
  expect(readPolicy("const POLICY = { applications: ['a'] };")).toBeUndefined();
});
