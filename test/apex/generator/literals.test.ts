import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import { sqlFaults } from '../../../src/apex/generator/sql-faults.ts';
import { sqlLiteral } from '../../../src/apex/generator/sql-literal.ts';
import { sqlTokens } from '../../../src/apex/sql-tokens.ts';
import { input } from './example-input.ts';

/** Evaluates the expression as the database would: pieces of plain literals and `unistr`. */
function evaluate(expression: string): string {
  if (expression === 'null') return '';
  const piece = /to_char\(unistr\('((?:[^']|'')*)'\)\)|'((?:[^']|'')*)'/y;
  let text = '';
  let at = 0;
  while (at < expression.length) {
    piece.lastIndex = at;
    const match = piece.exec(expression);
    if (match === null) throw new Error(`Not a literal at ${at}.`);
    const [whole, coded, plain = ''] = match;
    text +=
      coded === undefined
        ? plain.replaceAll("''", "'")
        : coded
            .replaceAll("''", "'")
            .replace(/\\\\|\\([0-9a-f]{4})/g, (_, unit) =>
              unit === undefined ? '\\' : String.fromCharCode(parseInt(unit, 16)),
            );
    at += whole.length;
    if (at < expression.length) {
      if (!expression.startsWith(' ||\n      ', at)) throw new Error(`No piece at ${at}.`);
      at += 10;
    }
  }
  return text;
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        "''",
        '&',
        '&&X.',
        '%',
        '%d',
        ',',
        ':',
        ';',
        '\\',
        '\\0027',
        '--',
        '/*',
        '*/',
        "]'",
        "q'[",
        '\n/\n',
        'end;',
        'Ä',
        'ß',
        '😀',
        '"',
        '`',
        '|',
        ' ',
        'a',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('x'.repeat(4000), "'".repeat(4000), 'ä'.repeat(4000)),
);

describe('a literal', () => {
  for (const ampersand of ['plain', 'escaped'] as const) {
    it(`returns any text, and no text can leave it: ampersand ${ampersand}`, () => {
      fc.assert(
        fc.property(nasty, (text) => {
          const expression = sqlLiteral(text, ampersand);
          expect(evaluate(expression)).toBe(text);
          expect(expression).toMatch(/^[\n\x20-\x7e]*$/);
          if (ampersand === 'escaped') expect(expression).not.toContain('&');
        }),
        { numRuns: 2000 },
      );
    });
  }
});

describe('the files', () => {
  const name = nasty.map((text) => text.replace(/\p{Cc}/gu, ' ').slice(0, 200));
  const skeletonOf = (sql: string) =>
    [...sqlTokens(sql)]
      .map(({ kind, text }) => (kind === 'string' ? 'L' : /^\d{15}$/.test(text) ? 'ID' : text))
      .join(' ')
      .replace(/to_char \( unistr \( L \) \)/g, 'L')
      // Pieces of one literal count as one, regardless of their number.
      .replace(/L( \|\| L)+/g, 'L');

  it('remain valid for every workspace, application and address', async () => {
    const skeletons = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(name, name, name, async (workspace, application, address) => {
        const page = `https://apex.example.com/${address}`;
        const { files } = await generateApex({
          ...input,
          workspace: `W${workspace}`,
          application: `A${application}`,
          baseUrl: page,
          signedOutPage: page,
          policy: { ...input.policy, landingPage: page },
        });
        for (const { path, content } of files) {
          if (!path.endsWith('.sql') || path === 'mle-decision.sql') continue;
          expect(sqlFaults(content), path).toEqual([]);
          if (path === 'post-authentication.sql') continue;
          expect(skeletonOf(content)).toBe(skeletons.get(path) ?? skeletonOf(content));
          skeletons.set(path, skeletonOf(content));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('remain valid for every name, and contain names only in literals', async () => {
    const skeletons = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(name, name, name, async (role, scheme, claim) => {
        const policy = {
          ...input.policy,
          claim: `https://apex.example.com/${claim}`.slice(0, 250),
          defaultRole: `R${role}`,
          organizationPrefix: 'ORG:',
          organizations: [{ role: `ORG:${role}x`, domains: ['water.example'], includeSubdomains: true }],
        };
        const { files } = await generateApex({
          ...input,
          policy,
          scheme: `S${scheme}`.slice(0, 250),
          decider: 'plsql',
        });
        for (const { path, content } of files) {
          if (!path.endsWith('.sql') || path === 'mle-decision.sql') continue;
          expect(sqlFaults(content), path).toEqual([]);
          if (path === 'post-authentication.sql' || path === 'expected-decisions.sql') continue;
          expect(skeletonOf(content)).toBe(skeletons.get(path) ?? skeletonOf(content));
          skeletons.set(path, skeletonOf(content));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the tokenizer', () => {
  it.each([
    ["select 'abc from dual;", 'does not end'],
    ["select '&x' from dual;", 'bare ampersand'],
    ['begin if a then null; end loop; end;\n/', 'with something else'],
    ['begin null;\n/', 'not balanced'],
    ['begin f(1; end;\n/', 'not balanced'],
    ["begin f(q'(abc); end;\n/", 'does not end'],
    ['begin "end if" := 1; if a then null; end loop; end;\n/', 'with something else'],
    ["prompt it's here\nbegin null;\n/", 'not balanced'],
    [`begin f('${'x'.repeat(4001)}'); end;\n/`, 'longer than 4,000'],
    ["begin f('ä'); end;\n/", 'printable ASCII'],
  ])('finds the fault in %s', (script, fault) => {
    expect(sqlFaults(script).join(' ')).toContain(fault);
  });
});
