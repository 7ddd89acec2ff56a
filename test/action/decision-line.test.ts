import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecisionLine, formatDecisionLine, parseDecisionLine } from '../../src/action/decision-line.ts';

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\ud800', '\u2028', '|', '@'), maxLength: 400 }),
  // Around the length at which it no longer fits.
  fc.integer({ min: 60, max: 260 }).map((length) => 'x'.repeat(length)),
);
const lines: fc.Arbitrary<DecisionLine> = fc.record(
  {
    portcullis: fc.constant(1 as const),
    decision: fc.constantFrom('admit' as const, 'refuse' as const),
    reason: fc.constantFrom('assignment_failed_admitted' as const, 'default_role' as const),
    user: hostileText,
    ms: fc.nat(),
    calls: fc.nat(),
    cause: fc.oneof(
      fc.constant('token_http_403' as const),
      hostileText.map((text) => `${text}Error` as const),
    ),
    assigned: fc.array(hostileText, { maxLength: 5 }),
  },
  { requiredKeys: ['portcullis', 'decision', 'reason', 'user', 'ms', 'calls'] },
);
const sample: DecisionLine = {
  portcullis: 1,
  decision: 'admit',
  reason: 'default_role',
  user: 'auth0|65f0',
  ms: 212,
  calls: 2,
  assigned: ['MEMBER'],
};

describe('a decision line', () => {
  it('is always one line of fewer than 256 characters that can be parsed', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const text = formatDecisionLine({ ...line, cause: line.cause?.replace(/[^\w]/g, '') as 'network' });
        expect(text.length).toBeLessThan(256);
        expect(text).not.toMatch(/[\n\r]/);
        const read = parseDecisionLine(text);
        expect(read).toMatchObject({ decision: line.decision, reason: line.reason, ms: line.ms, calls: line.calls });
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps everything if it fits', () => {
    expect(parseDecisionLine(formatDecisionLine(sample))).toEqual(sample);
  });

  it('uses all available room before it shortens the user id', () => {
    const text = formatDecisionLine({ ...sample, assigned: [], user: 'x'.repeat(500) });
    expect(text).toHaveLength(255);
    expect(parseDecisionLine(text)?.user).toMatch(/^x{100,}…$/);
  });

  it('leaves out roles that do not fit, and keeps the user id', () => {
    const line = parseDecisionLine(formatDecisionLine({ ...sample, assigned: ['R'.repeat(300)] }));
    expect(line).toMatchObject({ user: sample.user });
    expect(line).not.toHaveProperty('assigned');
  });

  it.each([
    ['samlp|acme|ann@acme.example', 'samlp|acme|***@acme.example'],
    ['samlp|acme|"a@b"@acme.example', 'samlp|acme|***@acme.example'],
    ['oidc|ann b@acme.example|2', 'oidc|***@acme.example|2'],
  ])('hides the e-mail address in the user id %s', (user, masked) => {
    expect(parseDecisionLine(formatDecisionLine({ ...sample, user }))?.user).toBe(masked);
  });

  it.each([
    'hello',
    '',
    'null',
    '[]',
    '{"portcullis":2}',
    '{"portcullis":1,"decision":"maybe","reason":"default_role","user":"a","ms":1,"calls":0}',
    '{"portcullis":1,"decision":["admit"],"reason":"default_role","user":"a","ms":1,"calls":0}',
    '{"portcullis":1,"decision":"admit","reason":"<b>","user":"a","ms":1,"calls":0}',
    '{"portcullis":1,"decision":"admit","reason":"default_role","user":1,"ms":1,"calls":0}',
    '{"portcullis":1,"decision":"admit","reason":"default_role","user":"a","ms":-1,"calls":0}',
    '{"portcullis":1,"decision":"admit","reason":"default_role","user":"a","ms":1,"calls":0,"assigned":"MEMBER"}',
  ])('is not parsed from %s', (text) => {
    expect(parseDecisionLine(text)).toBeUndefined();
  });
});
