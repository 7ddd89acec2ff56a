import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { screenTexts } from '../../../src/tenant/authentication/universal-login/screen-texts.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import type { Store } from '../../../src/tenant/store/store.ts';

const authentication = join(import.meta.dirname, '../../../src/tenant/authentication');

let store: Store;
beforeEach(() => {
  store = openStore({ memory: true });
});
afterEach(() => store.close());

/** The sources of the tenant's pages, as one text. */
function sources(): string {
  const files = readdirSync(authentication, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file));
  return files
    .map((file) => readFileSync(join(authentication, file), 'utf8').replaceAll(/^ *(\*|\/\/).*$/gm, ''))
    .join('\n');
}

test('a text of a screen comes with the one that the page has without it', () => {
  const [login] = screenTexts(store, 'login');
  const builtIn = Object.fromEntries((login?.texts ?? []).map((text) => [text.key, text]));
  expect(login?.screen).toBe('login');
  expect(builtIn.title).toEqual({ key: 'title', builtIn: 'Welcome', isProblem: false });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of Auth0.
  expect(builtIn.description?.builtIn).toBe('Log in to continue to ${clientName}.');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of Auth0.
  expect(builtIn.pageTitle?.builtIn).toBe('Log in | ${clientName}');
  expect(builtIn.footerText?.builtIn).toBe("Don't have an account?");
  expect(builtIn.separatorText?.builtIn).toBe('or');
  expect(builtIn['wrong-email-credentials']).toEqual({
    key: 'wrong-email-credentials',
    builtIn: 'Wrong email or password',
    isProblem: true,
  });
});

test('every text that a page looks up belongs to a screen', () => {
  const known = new Set(screenTexts(store).flatMap(({ texts }) => texts.map(({ key }) => key)));
  const looked = [...sources().matchAll(/\btext\('([\w.]+)'\)/g)].map(([, key = '']) => key);
  expect(looked.length).toBeGreaterThan(60);
  expect(looked.filter((key) => !known.has(key))).toEqual([]);
});

test('every screen that the tenant has is known', () => {
  const known = new Set(screenTexts(store).map(({ screen }) => screen));
  const code = sources();
  const named = [
    ...code.matchAll(/(?:screen: |contentOf\(ctx, )'([\w-]+)'/g),
    ...code.matchAll(/'(mfa-[a-z-]+)',/g),
    ...code.matchAll(/\? '(organization-selection)' : '/g),
  ].map(([, screen = '']) => screen);
  expect(named.length).toBeGreaterThan(14);
  // A prompt of the addresses, which is no screen, and pages that are screens of their own prompts.
  const others = new Set(['login', 'signup']);
  expect(named.filter((screen) => !known.has(screen) && !others.has(screen))).toEqual([]);
});

test('the mistakes that forms report have texts', () => {
  const codes = screenTexts(store).flatMap(({ texts }) => texts.filter(({ isProblem }) => isProblem));
  const keys = new Set(codes.map(({ key }) => key));
  for (const key of [
    'user-exists',
    'password-policy-length-at-least',
    'invitation-email',
    'invalid-code',
    'no-password',
  ])
    expect(keys).toContain(key);
  expect(codes.filter(({ builtIn }) => builtIn === '')).toEqual([]);
});

test('a prompt without a screen of this tenant has no texts', () => {
  expect(screenTexts(store, 'consent')).toEqual([]);
  expect(screenTexts(store, 'constructor')).toEqual([]);
});
