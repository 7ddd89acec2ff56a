import { describe, expect, it } from 'vitest';
import { EMAIL, SECRET, sampleEvent } from './sample-event.ts';
import { CLAIM } from './sample-policy.ts';
import { signIn } from './sign-in.ts';

describe('a guarded login', () => {
  it('puts the roles held into both tokens, as a list, without a request to the tenant', async () => {
    const { calls, line } = await signIn({ event: sampleEvent({ roles: ['ORG:WATER', 'AUDITOR'] }) });
    expect(calls).toEqual([
      ['idToken.setCustomClaim', CLAIM, ['AUDITOR', 'ORG:WATER']],
      ['accessToken.setCustomClaim', CLAIM, ['AUDITOR', 'ORG:WATER']],
    ]);
    expect(line).toMatchObject({ decision: 'admit', reason: 'organization_member', user: 'auth0|65f0', calls: 0 });
  });

  it('puts an empty list into the claim of a user admitted without a role', async () => {
    const event = sampleEvent({ user: { email_verified: false } });
    const { calls } = await signIn({ event, policy: { unverifiedEmail: 'admit' } });
    expect(calls).toContainEqual(['idToken.setCustomClaim', CLAIM, []]);
  });

  it.each([
    ['missing', undefined],
    ['false', false],
    ['the text "true"', 'true'],
    ['one', 1],
  ])('treats an e-mail as unverified if email_verified is %s', async (_name, mark) => {
    const event = sampleEvent({ roles: ['MEMBER'], user: { email_verified: mark as boolean } });
    const { line } = await signIn({ event });
    expect(line).toMatchObject({ decision: 'refuse', reason: 'unverified_email' });
  });

  it('logs one line, without e-mail address and secret', async () => {
    const { printed } = await signIn({ event: sampleEvent({ roles: ['MEMBER'] }) });
    expect(printed).toHaveLength(1);
    expect(printed[0]).not.toContain(EMAIL);
    expect(printed[0]).not.toContain(SECRET);
  });

  it('refuses if the secrets are not set and a role has to be assigned', async () => {
    const { line } = await signIn({ event: sampleEvent({ secrets: {} }) });
    expect(line).toMatchObject({ reason: 'assignment_failed', cause: 'token_no_credentials', calls: 0 });
  });
});

describe('a login at another application', () => {
  it('is not changed, and logs no line', async () => {
    const event = sampleEvent({ application: 'other-application', roles: 'absent', user: { email_verified: false } });
    const { calls, printed } = await signIn({ event });
    expect(calls).toEqual([]);
    expect(printed).toEqual([]);
  });

  it('cannot be faked by an event that names none', async () => {
    const event = { ...sampleEvent({ roles: ['MEMBER'] }), client: {} as never };
    expect((await signIn({ event })).line).toMatchObject({ decision: 'refuse', reason: 'internal_error' });
  });
});

describe('a login resumed at /continue', () => {
  it.each(['guarded-application', 'other-application'])('is refused without a redirect: %s', async (application) => {
    const event = sampleEvent({ application, roles: ['ORG:WATER'] });
    const { calls, line, printed } = await signIn({ event, handler: 'onContinuePostLogin' });
    expect(calls).toEqual([['access.deny', expect.any(String)]]);
    expect(line).toMatchObject({ decision: 'refuse', reason: 'refused_before' });
    expect(printed).toHaveLength(1);
  });
});

describe('an unexpected error', () => {
  it.each(['idToken.setCustomClaim', 'accessToken.setCustomClaim'])('of %s ends in a refusal', async (failing) => {
    const event = sampleEvent({ roles: ['MEMBER'] });
    const { calls, line, printed } = await signIn({ event, api: { failing }, policy: { onFailure: 'admit' } });
    expect(calls.at(-1)).toMatchObject(['redirect.sendUserTo', expect.any(String), expect.anything()]);
    expect(line).toMatchObject({ decision: 'refuse', reason: 'internal_error', cause: 'Error' });
    expect(printed.join()).not.toContain('MEMBER');
  });

  it.each(['redirect.sendUserTo', 'redirect.canRedirect'])('of %s ends in a plain refusal', async (failing) => {
    const event = sampleEvent({ user: { email_verified: false } });
    const { calls, line } = await signIn({ event, api: { failing } });
    expect(calls).toEqual([['access.deny', expect.any(String)]]);
    expect(line).toMatchObject({ decision: 'refuse', reason: 'unverified_email' });
  });

  it('of the refusal itself fails the login, as Auth0 does with an uncaught error', async () => {
    const event = sampleEvent({ user: { email_verified: false }, transaction: 'absent' });
    await expect(signIn({ event, api: { failing: 'access.deny' } })).rejects.toThrow('access.deny failed');
  });

  it.each([
    ['no user', { user: undefined }],
    ['no request', { request: undefined, user: {} }],
    ['no client', { client: undefined }],
    ['nothing at all', undefined],
  ])('in an event with %s ends in a refusal', async (_name, changes) => {
    const event = (changes === undefined ? {} : { ...sampleEvent(), ...changes }) as never;
    const { calls, line } = await signIn({ event, policy: { onFailure: 'admit' } });
    expect(['access.deny', 'redirect.sendUserTo']).toContain(calls.at(-1)?.[0]);
    expect(line?.decision).toBe('refuse');
  });
});
