import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseLoginForm,
  parseSignUpForm,
  parseSocialForm,
} from '../../../src/tenant/authentication/universal-login/forms/parse-forms.ts';

type AnyForm = ReturnType<typeof parseLoginForm | typeof parseSignUpForm | typeof parseSocialForm>;

const codes = (form: AnyForm) =>
  form.kind === 'invalid' ? form.problems.map(({ field, code }) => `${field}: ${code}`) : [];

describe('the login form', () => {
  it('returns a user name and a password, as Auth0’s own page sends them', () => {
    const body = new URLSearchParams({
      state: 'abc',
      username: ' ada@example.com ',
      password: ' secret ',
      action: 'default',
      'webauthn-available': 'true',
    });
    expect(parseLoginForm(body)).toEqual({ kind: 'password', username: 'ada@example.com', password: ' secret ' });
  });

  it('returns the choice of an identity provider', () => {
    const body = new URLSearchParams({ state: 'abc', connection: 'google-oauth2' });
    expect(parseLoginForm(body)).toEqual({ kind: 'provider', connection: 'google-oauth2' });
  });

  it('reports missing fields', () => {
    expect(parseLoginForm({})).toMatchObject({ kind: 'invalid', username: '' });
    expect(codes(parseLoginForm({ username: '', password: '' }))).toEqual([
      'username: no-email',
      'password: no-password',
    ]);
  });

  it.each([
    ['a field sent twice', new URLSearchParams('username=a@b.cc&username=c@d.ee&password=x')],
    ['an array', { username: ['a@b.cc'], password: 'x' }],
    ['an object', { username: { $gt: '' }, password: 'x' }],
    ['control characters', { username: 'a@b.cc\u0000', password: 'x' }],
    ['a text with reversed direction', { username: 'a\u202e@b.cc', password: 'x' }],
    ['a huge text', { username: `${'a'.repeat(300)}@b.cc`, password: 'x' }],
  ])('refuses %s as a user name', (_title, body) => {
    expect(parseLoginForm(body)).toMatchObject({ kind: 'invalid', username: '' });
    expect(codes(parseLoginForm(body))).toEqual(['username: invalid-value']);
  });

  it.each([[['x']], ['x'.repeat(1025)], ['\ud800']])('refuses a password that is not a text', (password) => {
    expect(parseLoginForm({ username: 'a@b.cc', password })).toMatchObject({ kind: 'invalid', username: 'a@b.cc' });
  });

  it.each(['../admin', 'a b', '', ['google-oauth2'], 'x'.repeat(200)])('refuses %j as a connection', (connection) => {
    expect(codes(parseLoginForm({ connection }))).toEqual(['form: invalid-value']);
  });

  it('reads only own members', () => {
    const body = Object.create({ username: 'a@b.cc', password: 'x' });
    expect(parseLoginForm(body).kind).toBe('invalid');
  });
});

describe('the sign-up form', () => {
  it('returns an address, a password and, if present, a username', () => {
    expect(parseSignUpForm({ email: 'a@b.cc', password: 'x', action: 'default' })).toEqual({
      kind: 'valid',
      email: 'a@b.cc',
      password: 'x',
    });
    expect(parseSignUpForm({ email: 'a@b.cc', password: 'x', username: 'a' })).toMatchObject({ username: 'a' });
  });

  it('keeps the valid fields', () => {
    const form = parseSignUpForm({ email: 'a@b.cc', password: '', username: ['a'] });
    expect(form).toMatchObject({ kind: 'invalid', email: 'a@b.cc', username: '' });
    expect(codes(form)).toEqual(['username: invalid-value', 'password: no-password']);
  });
});

describe('the form of the identity provider’s stand-in', () => {
  it('returns a profile, verified or not', () => {
    const verified = parseSocialForm({ email: 'Ada@b.cc', name: 'Ada', email_verified: 'true' });
    expect(verified).toEqual({
      kind: 'profile',
      profile: {
        subject: expect.stringMatching(/^1\d{20}$/),
        email: 'Ada@b.cc',
        email_verified: true,
        name: 'Ada',
      },
    });
    expect(parseSocialForm({ email: 'Ada@b.cc' })).toMatchObject({ profile: { email_verified: false } });
    expect(parseSocialForm({ email: 'Ada@b.cc', email_verified: 'false' })).toMatchObject({
      profile: { email_verified: false },
    });
  });

  it('identifies users by their address, or by their name if they have none', () => {
    const subject = (body: Record<string, string>) => {
      const form = parseSocialForm(body);
      return form.kind === 'profile' ? form.profile.subject : undefined;
    };
    expect(subject({ email: 'ADA@b.cc', name: 'Ada' })).toBe(subject({ email: 'ada@b.cc', name: 'Other' }));
    expect(subject({ email: 'ada@b.cc' })).not.toBe(subject({ email: 'bob@b.cc' }));
    expect(subject({ name: 'Ada' })).not.toBe(subject({ name: 'Bob' }));
    expect(subject({ name: 'ada@b.cc' })).not.toBe(subject({ email: 'ada@b.cc' }));
  });

  it('never treats a missing address as verified', () => {
    const form = parseSocialForm({ name: 'Ada', email: '', email_verified: 'true' });
    expect(form).toMatchObject({ kind: 'profile', profile: { email_verified: false } });
    expect(form.kind === 'profile' && 'email' in form.profile).toBe(false);
  });

  it('returns a known user, and cancels', () => {
    expect(parseSocialForm({ user_id: 'google-oauth2|1' })).toEqual({ kind: 'known', userId: 'google-oauth2|1' });
    expect(parseSocialForm({ action: 'cancel', email: 'ada@b.cc' })).toEqual({ kind: 'cancel' });
  });

  it.each([
    [{}, ['form: no-profile']],
    [{ email: 'ada' }, ['email: invalid-email-format']],
    [{ email: ['ada@b.cc'] }, ['email: invalid-email-format']],
    [{ email: 'ada@b.cc', name: 'A\u0007' }, ['name: invalid-value']],
    [{ user_id: ['google-oauth2|1'] }, ['form: invalid-value']],
    [{ user_id: 'unknown' }, ['form: invalid-value']],
  ])('refuses %j', (body, expected) => {
    const form = parseSocialForm(body);
    expect(form.kind).toBe('invalid');
    expect(codes(form)).toEqual(expected);
  });
});

describe('every form', () => {
  it('is parsed without an exception, and returns only plain lines', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.anything());
    const names = fc.constantFrom(
      'username',
      'password',
      'email',
      'name',
      'connection',
      'user_id',
      'action',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.dictionary(names, value), (body) => {
        const login = parseLoginForm(body);
        if (login.kind === 'password') expect(login.username).not.toMatch(/\p{Cc}/u);
        const signUp = parseSignUpForm(body);
        if (signUp.kind === 'valid') expect(signUp.email).not.toMatch(/\p{Cc}/u);
        const social = parseSocialForm(body);
        if (social.kind === 'profile') expect(social.profile.email ?? '').not.toMatch(/\s/u);
      }),
      { numRuns: 500 },
    );
  });
});
