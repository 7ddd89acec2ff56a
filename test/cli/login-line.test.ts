import { expect, it } from 'vitest';
import { coloursFor } from '../../src/cli/colours.ts';
import { loginLine } from '../../src/cli/dev/login-line.ts';
import type { Login } from '../../src/cli/dev/watch-logins.ts';

const at = '2026-01-01T12:03:04.000Z';
const who = 'una.of-the-water-works@elsewhere.example';
const line = { portcullis: 1, user: 'auth0|1', ms: 61_234, calls: 12 } as const;
const application = 'Water works of the whole county, and of its neighbours';
const logins: Record<string, Login> = {
  'let in': {
    kind: 'decided',
    at,
    line: { ...line, decision: 'admit', reason: 'default_role', assigned: ['APEX User', 'Reader of reports'] },
  },
  refused: {
    kind: 'decided',
    at,
    line: { ...line, decision: 'refuse', reason: 'internal_error', cause: 'TypeError' },
  },
  waits: {
    kind: 'asked',
    at,
    line: { ...line, decision: 'admit', reason: 'admit_rule', rule: 'administrators of the water works', mfa: true },
  },
  'failed ': {
    kind: 'stopped',
    at,
    line: { ...line, decision: 'admit', reason: 'default_role' },
    reason: 'the Action "My department claim" failed: Cannot read properties of undefined (reading \'name\')',
  },
  'left alone': { kind: 'unguarded', at, user: who, application },
  undecided: { kind: 'undecided', at, user: who, application },
  failed: {
    kind: 'failed',
    at,
    user: who,
    reason: 'Wrong e-mail address or password, and this was the last of ten attempts',
  },
};
const colourful = coloursFor({ stdout: {}, environment: { FORCE_COLOR: '1' } });
const plain = coloursFor({ stdout: {}, environment: {} });
const words = (text: string) => text.split(/[\s,]+/).sort();

it.each(Object.keys(logins))('a login that is %s fits 60 columns and loses no word', (verdict) => {
  const login = logins[verdict] as Login;
  const options = { width: 23, columns: 60 };
  const printed = loginLine(login, who, options, plain);
  const whole = loginLine(login, who, { width: 23 }, plain);
  expect(whole.length).toBeGreaterThan(60);
  expect(whole).not.toContain('\n');
  for (const part of printed.split('\n')) expect(part.length, part).toBeLessThanOrEqual(60);
  expect(words(printed)).toEqual(words(whole));
  expect(printed.split('\n')[0]).toMatch(
    new RegExp(`^..:..:..  ${verdict.trim()}  ${who}$|^..:..:..  ${verdict.trim()}$`),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours begin with one.
  expect(loginLine(login, who, options, colourful).replace(/\u001b\[\d+m/g, '')).toBe(printed);
});

it('a login that fits stays on one line', () => {
  const login: Login = { kind: 'failed', at, user: 'a', reason: 'Wrong password' };
  const printed = loginLine(login, 'una@elsewhere.example', { width: 23, columns: 60 }, plain);
  expect(printed).toMatch(/^..:..:.. {2}una@elsewhere\.example {4}failed {3}Wrong password$/);
});

it('a login that rules decided names them', () => {
  const decided = {
    ...line,
    decision: 'admit',
    reason: 'admit_rule',
    rule: 'staff, north',
    assigned: ['Editor'],
  } as const;
  const login: Login = { kind: 'decided', at, line: decided };
  expect(loginLine(login, 'una', { width: 3 }, plain)).toContain('admit_rule "staff, north", given "Editor"');
});
