// Each classic mistake in a real browser, on the local tenant with the policy's own Action: the symptom, and its report.
import { describe, expect, it } from 'vitest';
import { gatePolicy as policy } from '../gate-policy.ts';
import { visitGate } from './gate-visit.ts';

describe('an application with a classic mistake', () => {
  const visit = visitGate();
  const symptoms = () => visit.events.flatMap((event) => (event.type === 'symptom' ? [event] : []));
  const path = (address: string) => new URL(address).pathname;

  it('post-logout-home: a sign-out is followed by a sign-in without a question', async () => {
    const at = await visit.start({ policy, mistake: 'post-logout-home' });
    await visit.signIn('Una');
    await visit.page.waitForURL((url) => url.pathname === path(at.standIn.homeUrl));
    const logins = () => visit.events.filter(({ type }) => type === 'login').length;
    expect(logins()).toBe(1);
    await visit.page.click('#sign-out');
    await expect.poll(logins).toBe(2);
    expect(path(visit.page.url())).toBe(path(at.standIn.homeUrl));
    expect(await visit.page.textContent('#app-user')).toContain('una@');
    expect(symptoms()).toMatchObject([{ name: 'post-logout-home', cure: expect.stringContaining('Post-Logout URL') }]);
  });

  it('landing-protected: refused users land on the login page again', async () => {
    await visit.start({ policy, mistake: 'landing-protected' });
    await visit.signIn('Vera');
    await visit.page.waitForURL((url) => url.pathname === '/u/login');
    await expect.poll(symptoms).toMatchObject([{ name: 'landing-protected' }]);
    expect(await visit.page.textContent('main')).not.toMatch(/confirmed/);
    expect(symptoms()[0]?.cure).toContain('Page Is Public');
  });

  it('missing-callback: the tenant shows an error page instead of the login page', async () => {
    const at = await visit.start({ policy, mistake: 'missing-callback' });
    const response = await visit.page.goto(at.standIn.homeUrl);
    expect(response?.status()).toBe(403);
    expect(await visit.page.textContent('body')).toMatch(/callback/i);
    await expect.poll(symptoms).toMatchObject([{ name: 'missing-callback', detail: at.standIn.callbackUrl }]);
    expect(symptoms()[0]?.cure).toContain('Allowed Callback URLs');
  });

  it('verify-clash: the browser stops after too many redirects', async () => {
    const at = await visit.start({ policy, mistake: 'verify-clash' });
    await visit.page.goto(at.standIn.homeUrl);
    await visit.fillIn('Vera');
    const failure = visit.page.waitForEvent('requestfailed', (request) => request.isNavigationRequest());
    await visit.page.click('button[name=action][value=default]', { noWaitAfter: true });
    expect((await failure).failure()?.errorText).toBe('net::ERR_TOO_MANY_REDIRECTS');
    expect(symptoms()).toMatchObject([
      { name: 'verify-clash', cure: expect.stringContaining('Verify Attributes: No') },
    ]);
  });

  it('comma-scope: APEX gets no username', async () => {
    await visit.start({ policy, mistake: 'comma-scope' });
    await visit.signIn('Una');
    await visit.page.waitForSelector('#code');
    expect(await visit.page.textContent('#code')).toBe('missing_username');
    expect(symptoms()).toMatchObject([{ name: 'comma-scope', cure: 'Scope: profile,email' }]);
  });

  it('groups-not-custom: the user has the role, but its authorization scheme fails', async () => {
    await visit.start({ policy, mistake: 'groups-not-custom' });
    await visit.signIn('Una');
    await visit.page.waitForSelector('#roles');
    expect(await visit.page.textContent('#roles')).toContain('APEX User');
    expect(await visit.page.getAttribute('tr[data-scheme="Holds APEX User"]', 'data-passes')).toBe('false');
    expect(symptoms()).toMatchObject([{ name: 'groups-not-custom', cure: expect.stringContaining('Custom Code') }]);
  });
});
