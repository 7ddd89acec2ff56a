import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorPage } from '../../../src/tenant/authentication/http/error-page.ts';
import { pageHeaders } from '../../../src/tenant/authentication/http/page-headers.ts';
import { loginProblem } from '../../../src/tenant/authentication/universal-login/forms/form-problem.ts';
import { document, type Page } from '../../../src/tenant/authentication/universal-login/pages/document.ts';
import {
  emailChallengePage,
  otpChallengePage,
  recoveryCodeChallengePage,
} from '../../../src/tenant/authentication/universal-login/pages/factors/mfa-challenge-page.ts';
import {
  otpEnrolmentPage,
  recoveryCodePage,
} from '../../../src/tenant/authentication/universal-login/pages/factors/mfa-enrolment-pages.ts';
import { factorOptionsPage } from '../../../src/tenant/authentication/universal-login/pages/factors/mfa-options-page.ts';
import { qrCodePicture } from '../../../src/tenant/authentication/universal-login/pages/factors/qr-code-picture.ts';
import { type LoginView, loginPage } from '../../../src/tenant/authentication/universal-login/pages/login-page.ts';
import {
  loggedOutPage,
  logoutConfirmPage,
} from '../../../src/tenant/authentication/universal-login/pages/logout-pages.ts';
import { markup } from '../../../src/tenant/authentication/universal-login/pages/markup.ts';
import {
  organizationNamePage,
  organizationPickerPage,
} from '../../../src/tenant/authentication/universal-login/pages/organization-pages.ts';
import { type SignUpView, signUpPage } from '../../../src/tenant/authentication/universal-login/pages/sign-up-page.ts';
import { type SocialView, socialPage } from '../../../src/tenant/authentication/universal-login/pages/social-page.ts';
import {
  stylesheetPath,
  universalLoginCss,
} from '../../../src/tenant/authentication/universal-login/pages/universal-login-stylesheet.ts';
import type { ScreenContent } from '../../../src/tenant/authentication/universal-login/screen-content.ts';
import { type Element, readHtml } from './html-outline.ts';

const google = { name: 'google-oauth2', displayName: 'Google', strategy: 'google-oauth2' };

const content: ScreenContent = {
  text: () => undefined,
  partial: () => markup``,
  page: () => undefined,
  stylesheet: stylesheetPath,
  icon: undefined,
  sources: () => ({}),
};
const readPage = (page: Page) => readHtml(document(page));
const login: LoginView = {
  applicationName: 'Orders',
  state: 'abc',
  action: '/u/login?state=abc',
  connections: [google],
  database: true,
  signUpAllowed: true,
  signUpUrl: '/u/signup?state=abc',
  resetPasswordUrl: '/u/reset-password/request?state=s',
  content,
};
const signUp: SignUpView = {
  applicationName: 'Orders',
  state: 'abc',
  action: '/u/signup?state=abc',
  loginUrl: '/u/login?state=abc',
  passwordRules: ['At least 8 characters'],
  connections: [google],
  content,
};
const social: SocialView = {
  applicationName: 'Orders',
  providerName: 'Google',
  connection: 'google-oauth2',
  state: 'abc',
  action: '/u/social?state=abc',
  users: [],
};
const form =
  '<form id="op.logoutForm" method="post" action="/oidc/logout/confirm"><input type="hidden" name="xsrf" value="x"></form>';

const find = (elements: Element[], name: string, attributes: Record<string, string> = {}) =>
  elements.filter(
    (element) =>
      element.name === name &&
      Object.entries(attributes).every(([attribute, value]) => element.attributes.get(attribute) === value),
  );

/** Every page, with the same text in all its members. */
function pagesWith(text: string): (readonly [string, string])[] {
  const problems = [{ field: 'password', code: 'code', message: text }, loginProblem('blocked')];
  const connections = [{ name: text, displayName: text, strategy: text }];
  const users = [
    { userId: text, name: text, email: text, emailVerified: false, blocked: false },
    { userId: text, emailVerified: true, blocked: true },
  ];
  const factor = {
    applicationName: text,
    state: text,
    action: '/u/mfa-otp-challenge?state=abc',
    problems: [{ field: 'code', code: 'code', message: text }],
    otherMethodUrl: '/u/mfa-login-options?state=abc',
    content,
  };
  const organization = {
    applicationName: text,
    state: text,
    action: '/u/organization?state=abc',
    problems: [{ field: 'organizationName', code: 'code', message: text }],
    content,
  };
  const pages: [string, Page][] = [
    ['one-time password', otpChallengePage({ ...factor, rememberable: true })],
    ['code by mail', emailChallengePage({ ...factor, rememberable: false, address: text })],
    ['recovery code', recoveryCodeChallengePage({ ...factor, problems: [], rememberable: false })],
    [
      'enrolment of an app',
      otpEnrolmentPage({ ...factor, secret: text, address: 'otpauth://totp/a:b', picture: qrCodePicture('otpauth:') }),
    ],
    [
      'new recovery code',
      recoveryCodePage({ ...factor, problems: [{ field: 'saved', code: 'c', message: text }], code: text }),
    ],
    ['choice of a factor', factorOptionsPage({ ...factor, enrols: false, factors: ['otp', 'email', 'recovery-code'] })],
    ['choice of an enrolment', factorOptionsPage({ ...factor, enrols: true, factors: ['otp', 'recovery-code'] })],
    [
      'name of the organization',
      organizationNamePage({ ...organization, typed: text, takesEmail: true, takesName: true }),
    ],
    [
      'choice of an organization',
      organizationPickerPage({ ...organization, organizations: [{ id: text, name: text }] }),
    ],
    ['login', loginPage({ ...login, applicationName: text, username: text, problems, connections })],
    ['login, name', loginPage({ ...login, part: 'identifier', applicationName: text, username: text, problems })],
    [
      'login, password',
      loginPage({
        ...login,
        part: 'password',
        identifierUrl: '/u/login/identifier?state=abc',
        username: text,
        problems,
      }),
    ],
    ['sign-up, address', signUpPage({ ...signUp, part: 'identifier', email: text, problems })],
    [
      'sign-up, password',
      signUpPage({
        ...signUp,
        part: 'password',
        identifierUrl: '/u/signup/identifier?state=abc',
        email: text,
        username: text,
        problems,
      }),
    ],
    ['login, plain', loginPage({ ...login, applicationName: text })],
    ['login, nothing enabled', loginPage({ ...login, database: false, connections: [] })],
    [
      'sign-up',
      signUpPage({
        ...signUp,
        applicationName: text,
        email: text,
        username: text,
        asksForUsername: true,
        problems,
        passwordRules: [text],
        connections,
      }),
    ],
    [
      'social',
      socialPage({
        ...social,
        applicationName: text,
        providerName: text,
        connection: text,
        users,
        email: text,
        name: text,
        problems,
      }),
    ],
    ['social, no known users', socialPage({ ...social, emailVerified: false })],
    ['logout', logoutConfirmPage({ formMarkup: form, formId: 'op.logoutForm', content, applicationName: text })],
    ['logged out', loggedOutPage(content)],
    ['error', errorPage({ error: text, description: text, clientName: text, trackingId: text })],
  ];
  return pages.map(([name, page]) => [name, document(page)] as const);
}

describe.each(pagesWith('Orders'))('the page: %s', (_title, page) => {
  const elements = readHtml(page);

  it('has a language, a title, one heading and one main part', () => {
    expect(find(elements, 'html', { lang: 'en' })).toHaveLength(1);
    expect(find(elements, 'title')[0]?.text).not.toBe('');
    expect(find(elements, 'h1')).toHaveLength(1);
    expect(find(elements, 'main')).toHaveLength(1);
    expect(find(elements, 'meta', { name: 'viewport' })).toHaveLength(1);
  });

  it('says that it belongs to a local tenant', () => {
    expect(find(elements, 'footer')[0]?.text).toContain('Local tenant — not Auth0');
  });

  it('has each id once, and no reference to a missing id', () => {
    const ids = elements.flatMap((element) => element.attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of elements) {
      for (const name of ['for', 'form', 'aria-labelledby', 'aria-describedby']) {
        for (const id of element.attributes.get(name)?.split(' ') ?? []) expect(ids).toContain(id);
      }
    }
  });

  it('labels every input, and names every button', () => {
    const labelled = new Set(find(elements, 'label').map((label) => label.attributes.get('for')));
    for (const input of find(elements, 'input')) {
      if (input.attributes.get('type') === 'hidden') continue;
      expect(labelled).toContain(input.attributes.get('id'));
    }
    for (const button of find(elements, 'button')) {
      expect(button.text.trim()).not.toBe('');
      expect(button.attributes.get('type')).toBe('submit');
    }
  });

  it('focuses at most one element', () => {
    expect(elements.filter((element) => element.attributes.has('autofocus')).length).toBeLessThanOrEqual(1);
  });

  it('posts its forms to the tenant', () => {
    for (const element of find(elements, 'form')) {
      expect(element.attributes.get('method')).toBe('post');
      expect(element.attributes.get('action')).toMatch(/^\/[^/]/);
    }
  });

  it('has no scripts and no inline styles, and loads only its style sheet', () => {
    expect(find(elements, 'script')).toEqual([]);
    expect(find(elements, 'style')).toEqual([]);
    for (const { attributes } of elements) {
      for (const name of attributes.keys()) expect(name).not.toMatch(/^(?:on|style$|src|srcdoc)/);
    }
    const links = find(elements, 'link').map((link) => link.attributes.get('href'));
    expect(links).toEqual([stylesheetPath, 'data:,']);
  });
});

describe('hostile names', () => {
  const outline = (page: string) =>
    readHtml(page).map(({ name, attributes, parents }) => [name, [...attributes.keys()], parents.length]);
  const expected = new Map(pagesWith('Orders').map(([title, page]) => [title, outline(page)]));

  const check = (name: string) => {
    for (const [title, page] of pagesWith(name)) expect([title, outline(page)]).toEqual([title, expected.get(title)]);
  };

  it.each([
    '<script>alert(1)</script>',
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    '</title><script>alert(1)</script>',
    '<!-- ',
    ']]>',
    '&lt;b&gt;',
    '&#x3c;img src=x&#x3e;',
    '{{7*7}} $' + '{7*7} `x`',
    '\u202eevil',
  ])('change only texts: %s', check);

  it('change only texts', () => {
    const character = fc.constantFrom('<', '>', '"', "'", '&', ';', '/', '=', '-', '!', '`', ' ', 'a', 'script', '#39');
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
        check,
      ),
    );
  });

  it('are shown unchanged', () => {
    const name = `<b onclick="x('&amp;')">`;
    const elements = readPage(loginPage({ ...login, applicationName: name, username: name }));
    expect(find(elements, 'bdi')[0]?.text).toBe(name);
    expect(find(elements, 'input', { name: 'username' })[0]?.attributes.get('value')).toBe(name);
  });
});

describe('the login page', () => {
  it('has the elements that browser scripts for Auth0 expect', () => {
    const elements = readPage(loginPage(login));
    expect(find(elements, 'form', { 'data-form-primary': 'true', action: '/u/login?state=abc' })).toHaveLength(1);
    expect(find(elements, 'input', { id: 'username', name: 'username', autocomplete: 'username' })).toHaveLength(1);
    const password = { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password' };
    expect(find(elements, 'input', password)).toHaveLength(1);
    const button = { type: 'submit', name: 'action', value: 'default', 'data-action-button-primary': 'true' };
    expect(find(elements, 'button', button)).toMatchObject([{ text: 'Continue' }]);
    expect(find(elements, 'form', { 'data-provider': 'google' })).toHaveLength(1);
    expect(find(elements, 'input', { type: 'hidden', name: 'connection', value: 'google-oauth2' })).toHaveLength(1);
    expect(find(elements, 'button', { 'data-provider': 'google' })).toMatchObject([{ text: 'Continue with Google' }]);
    expect(find(elements, 'input', { type: 'hidden', name: 'state', value: 'abc' })).toHaveLength(2);
    expect(find(elements, 'a', { href: '/u/signup?state=abc' })).toMatchObject([{ text: 'Sign up' }]);
    expect(find(elements, 'p').map((paragraph) => paragraph.text)).toContain('Log in to continue to Orders.');
  });

  it('reports wrong credentials once, in Auth0’s words, for both fields, and never shows a password', () => {
    const view = { ...login, username: 'ada@example.com', problems: [loginProblem('wrong_password')] };
    const page = document(loginPage(view));
    const elements = readHtml(page);
    expect(page.split('Wrong email or password')).toHaveLength(2);
    expect(find(elements, 'span', { id: 'error-element-password' })[0]?.attributes.get('data-error-code')).toBe(
      'wrong-email-credentials',
    );
    expect(find(elements, 'div', { role: 'alert' })).toHaveLength(1);
    for (const name of ['username', 'password']) {
      const [input] = find(elements, 'input', { name });
      expect(input?.attributes.get('aria-describedby')).toBe('error-element-password');
    }
    expect(find(elements, 'input', { name: 'username' })[0]?.attributes.get('value')).toBe('ada@example.com');
    const [password] = find(elements, 'input', { name: 'password' });
    expect(password?.attributes.has('autofocus')).toBe(true);
    expect(password?.attributes.has('value')).toBe(false);
    expect(loginProblem('unknown_user')).toEqual(loginProblem('wrong_password'));
  });

  it('offers only the application’s connections', () => {
    const withoutDatabase = readPage(loginPage({ ...login, database: false }));
    expect(find(withoutDatabase, 'input', { name: 'password' })).toEqual([]);
    expect(find(withoutDatabase, 'a')).toEqual([]);
    const withoutSocial = readPage(loginPage({ ...login, connections: [], signUpAllowed: false }));
    expect(find(withoutSocial, 'input', { name: 'connection' })).toEqual([]);
    expect(find(withoutSocial, 'a').map((link) => link.text)).toEqual(['Forgot password?']);
    const withNothing = readPage(loginPage({ ...login, database: false, connections: [] }));
    expect(find(withNothing, 'form')).toEqual([]);
    expect(find(withNothing, 'div', { role: 'alert' })).toHaveLength(1);
  });
});

describe('the sign-up page', () => {
  it('asks for an address and a new password, and for a username only if the database has usernames', () => {
    const elements = readPage(signUpPage(signUp));
    expect(find(elements, 'input', { id: 'email', name: 'email', autocomplete: 'username' })).toHaveLength(1);
    const password = { name: 'password', type: 'password', autocomplete: 'new-password' };
    expect(find(elements, 'input', password)[0]?.attributes.get('aria-describedby')).toBe('password-rules');
    expect(find(elements, 'input', { name: 'username' })).toEqual([]);
    expect(
      find(readPage(signUpPage({ ...signUp, asksForUsername: true })), 'input', { name: 'username' }),
    ).toHaveLength(1);
    expect(find(elements, 'a', { href: '/u/login?state=abc' })).toHaveLength(1);
    expect(find(elements, 'li')).toMatchObject([{ text: 'At least 8 characters' }]);
  });

  it('reports all problems of a field in one place', () => {
    const problems = [
      { field: 'password', code: 'first', message: 'One.' },
      { field: 'password', code: 'second', message: 'Two.' },
      { field: 'email', code: 'user-exists', message: 'Three.' },
    ];
    const elements = readPage(signUpPage({ ...signUp, email: 'ada@example.com', problems }));
    expect(find(elements, 'span', { id: 'error-element-password', 'data-error-code': 'first' })[0]?.text).toBe(
      'One. Two.',
    );
    const [email] = find(elements, 'input', { name: 'email' });
    expect(email?.attributes.get('aria-invalid')).toBe('true');
    expect(email?.attributes.get('value')).toBe('ada@example.com');
  });
});

describe('the stand-in for an identity provider', () => {
  it('lets a new user sign in, verified or not, or cancel', () => {
    const elements = readPage(socialPage(social));
    expect(find(elements, 'h1')[0]?.text).toBe('Stands in for Google');
    expect(find(elements, 'input', { name: 'email_verified', type: 'checkbox' })[0]?.attributes.has('checked')).toBe(
      true,
    );
    expect(find(elements, 'button', { name: 'action' }).map((button) => button.attributes.get('value'))).toEqual([
      'default',
      'cancel',
    ]);
    expect(find(elements, 'button', { name: 'user_id' })).toEqual([]);
    const unverified = readPage(socialPage({ ...social, emailVerified: false }));
    expect(find(unverified, 'input', { name: 'email_verified' })[0]?.attributes.has('checked')).toBe(false);
  });

  it('lets a known user sign in with one click', () => {
    const users = [
      { userId: 'google-oauth2|1', name: 'Grace', email: 'grace@example.com', emailVerified: true, blocked: false },
      { userId: 'google-oauth2|2', emailVerified: false, blocked: true },
    ];
    const buttons = find(readPage(socialPage({ ...social, users })), 'button', { name: 'user_id' });
    expect(buttons.map((button) => button.attributes.get('value'))).toEqual(['google-oauth2|1', 'google-oauth2|2']);
    expect(buttons[0]?.text).toContain('grace@example.com · verified');
    expect(buttons[1]?.text).toContain('no email address · blocked');
  });
});

describe('the logout page', () => {
  it('sends the given form with the user’s answer', () => {
    const elements = readPage(logoutConfirmPage({ formMarkup: form, formId: 'op.logoutForm', content }));
    const buttons = find(elements, 'button', { form: 'op.logoutForm' });
    expect(buttons.map((button) => [button.attributes.get('name'), button.attributes.get('value')])).toEqual([
      ['logout', 'yes'],
      [undefined, undefined],
    ]);
  });
});

describe('the style sheet', () => {
  /** The relative luminance contrast of WCAG 2.2, 1.4.3. */
  function contrast(one: string, other: string): number {
    const luminance = (colour: string) => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5]
        .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  const colours = new Map(
    [...universalLoginCss.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
      ([, name = '', light = '', dark = '']) => [name, [light, dark]] as const,
    ),
  );

  it.each([
    ['ink', 'card', 4.5],
    ['ink', 'page', 4.5],
    ['quiet', 'card', 4.5],
    ['quiet', 'page', 4.5],
    ['note', 'page', 4.5],
    ['accent', 'card', 4.5],
    ['on-accent', 'accent', 4.5],
    ['on-accent', 'accent-strong', 4.5],
    ['danger', 'danger-page', 4.5],
    ['danger', 'card', 4.5],
    // The contrast that an input’s border and the focus need: WCAG 2.2, 1.4.11.
    ['line', 'card', 3],
    ['accent', 'page', 3],
  ])('has enough contrast of %s against %s, in light and dark mode', (front, back, least) => {
    for (const mode of [0, 1]) {
      expect(contrast(colours.get(front)?.[mode] ?? '', colours.get(back)?.[mode] ?? '')).toBeGreaterThanOrEqual(least);
    }
  });

  it('loads nothing', () => {
    expect(universalLoginCss).not.toMatch(/@import|url\(/);
  });
});

describe('the headers of a page', () => {
  it('allow the style sheet, and neither scripts nor frames', () => {
    const policy = pageHeaders['Content-Security-Policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src|unsafe|form-action/);
    expect(pageHeaders['Cache-Control']).toBe('no-store');
  });
});
