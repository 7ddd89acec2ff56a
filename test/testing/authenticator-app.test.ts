import { afterEach, expect, it, vi } from 'vitest';
import { createAuthenticatorApps } from '../../src/testing/authenticator-app.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('an app shows each code once, the next one half a minute early, and then says what to do', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 59_000 });
  const apps = createAuthenticatorApps();
  // The secret and codes of RFC 6238, appendix B, with six digits.
  apps.enrol('una@example.com', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  const before = apps.save();
  expect(apps.code('una@example.com')).toBe('287082');
  expect(apps.code('una@example.com')).toMatch(/^\d{6}$/);
  expect(() => apps.code('una@example.com')).toThrow(/this one and the next have been used/);
  vi.setSystemTime(91_000);
  expect(apps.code('una@example.com')).toMatch(/^\d{6}$/);
  before();
  vi.setSystemTime(59_000);
  expect(apps.code('una@example.com')).toBe('287082');
  expect(() => apps.code('bob@example.com')).toThrow(/the user has none here/);
});
