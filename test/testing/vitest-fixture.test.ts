import { describe, expect } from 'vitest';
import { tenantTest } from '../../src/testing/vitest-fixture.ts';

const CLAIM = 'https://apex.example.com/roles';
const test = tenantTest({
  users: [
    { email: 'una@example.com', password: 'Open-1-gate' },
    { email: 'bob@example.com', password: 'Open-1-gate', email_verified: false },
  ],
  policy: {
    applications: ['APEX'],
    claim: CLAIM,
    landingPage: 'https://apex.example.com/ords/r/team/app/refused',
    defaultRole: 'APEX User',
  },
});

describe('a tenant of a file', () => {
  test('is restored for each test', async ({ tenant }) => {
    const management = tenant.management();
    await management.roles.create({ name: 'Left behind' });
    const una = await tenant.signIn({ user: 'una@example.com', application: 'APEX' });
    expect(una).toBeAdmitted(['APEX User']);
    expect(una.claims[CLAIM]).toEqual(['APEX User']);
    expect(una.decision).toMatchObject({ decision: 'admit', reason: 'default_role', assigned: ['APEX User'] });
  });

  test('has nothing of the test before', async ({ tenant }) => {
    expect((await tenant.management().roles.list()).data.map(({ name }) => name)).toEqual(['APEX User']);
    expect(tenant.logs()).toEqual([]);
  });

  test('shows why the policy refused a user', async ({ tenant }) => {
    const bob = await tenant.signIn({ user: 'bob@example.com' });
    expect(bob).toBeRefused('unverified_email');
    expect(bob.denied).toMatchObject({ error: 'access_denied', reason: 'unverified_email' });
    expect(bob.denied?.url).toMatch(/^https:\/\/apex\.example\.com\/ords\/r\/team\/app\/refused/);
    expect(bob).not.toBeRefused('no_rule');
    expect(() => expect(bob).toBeAdmitted()).toThrow(/the login was refused: access_denied \(unverified_email\)/);
    const una = await tenant.signIn({ user: 'una@example.com' });
    expect(una).not.toBeRefused();
    expect(() => expect(una).toBeAdmitted(['Boss'])).toThrow(/to be let in with \["Boss"\], found \["APEX User"\]/);
  });
});
