import { expect, test } from 'vitest';
import { secretMask } from '../../../src/tenant/actions/run/secret-mask.ts';

const secret = (name: string, value: string) => ({ name, value, updated_at: '2026-01-01T00:00:00.000Z' });

test('the value of a secret is masked wherever it occurs, however short it is', () => {
  const mask = secretMask([secret('PIN', '4711'), secret('KEY', 'hunter2'), secret('ONE', 'e')]);
  expect(mask('pin=4711, x4711y, hunter2')).toBe('pin=[secret PIN], x[secret PIN]y, [secret KEY]');
  expect(mask('here')).toBe('h[secret ONE]r[secret ONE]');
  expect(mask({ e: ['4711'] })).toEqual({ '[secret ONE]': ['[secret PIN]'] });
});

test('a value with signs of a regular expression is taken as it is', () => {
  const mask = secretMask([secret('A', 'a.c'), secret('B', '(x'), secret('C', '$&')]);
  expect(mask('abc a.c (x $&')).toBe('abc [secret A] [secret B] [secret C]');
});
