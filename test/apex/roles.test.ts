import { describe, expect, test } from 'vitest';
import { decisionTable } from '../../src/apex/generator/decision-table.ts';
import { postAuthenticate } from '../../src/apex/stand-in/post-authentication.ts';
import { username } from '../../src/apex/stand-in/username.ts';
import { policy } from '../policy/example-policy.ts';
import { openGate, page } from './gate.ts';
import { ROLES } from './openid-provider.ts';

const OPTIONS = { claim: ROLES, organizationPrefix: 'ORG:', clientId: 'apex' };

describe('the roles in the claim', () => {
  const shapes: [string, unknown, readonly string[], string | null, string][] = [
    ['absent', undefined, [], null, 'absent'],
    ['null', null, [], null, 'absent'],
    ['a role id as a single text', 'rol_abc', ['rol_abc'], null, 'text'],
    ['an organisation as a single text', 'ORG:WATER', ['ORG:WATER'], 'WATER', 'text'],
    ['an empty text', '', [], null, 'text'],
    ['an empty list', [], [], null, 'list'],
    ['a list', ['member', 'ORG:FIRE', 'ORG:WATER'], ['member', 'ORG:FIRE', 'ORG:WATER'], 'FIRE', 'list'],
    ['a list with other things in it', [1, null, '', {}, ['x'], 'member'], ['member'], null, 'list'],
    ['a list that repeats itself', ['member', 'member'], ['member'], null, 'list'],
    ['the bare prefix', ['ORG:'], ['ORG:'], null, 'list'],
    ['another spelling of the prefix', ['org:WATER'], ['org:WATER'], null, 'list'],
    ['an object', { role: 'ORG:WATER' }, [], null, 'other'],
    ['a number', 7, [], null, 'other'],
    ['a CLOB', 'x'.repeat(4001), [], null, 'text'],
  ];

  test.each(shapes)('%s', (_, claim, groups, organization, claimShape) => {
    expect(postAuthenticate({ [ROLES]: claim }, OPTIONS, 0)).toEqual({
      refusal: undefined,
      groups,
      organization,
      claimShape,
    });
  });

  test('a claim named like a member of every object is absent', () => {
    expect(postAuthenticate({}, { ...OPTIONS, claim: 'constructor' }, 0).claimShape).toBe('absent');
  });

  test.each([
    ['a refuse rule', { refuse: [{ rule: 'interns', when: { role: ['Intern'] } }] }],
    ['the opposite of a condition', { admit: [{ rule: 'others', when: { not: [{ role: ['Intern'] }] }, roles: [] }] }],
  ])('a database that decides refuses without them if %s names a role', (_, rules) => {
    const gate = decisionTable({ ...policy, ...rules }, 'apex');
    const refusal = (claim: unknown) =>
      postAuthenticate({ [ROLES]: claim, email: 'ann@water.example', email_verified: true }, { ...OPTIONS, gate }, 0)
        .refusal;
    for (const claim of [undefined, null, '', 7, {}]) expect(refusal(claim)).toEqual({ reason: 'roles_unknown' });
    for (const claim of [[], ['member'], 'member']) expect(refusal(claim)).toBeUndefined();
  });

  test('a database that decides needs no list of roles if no role refuses', () => {
    const values = { email: 'ann@water.example', email_verified: true };
    expect(postAuthenticate(values, { ...OPTIONS, gate: decisionTable(policy, 'apex') }, 0).refusal).toBeUndefined();
  });

  const journeys: [string, unknown, string][] = [
    ['absent', undefined, 'The provider sent no such claim.'],
    ['a text', 'rol_abc', 'The claim is a single text, not a list.'],
    ['an empty list', [], 'The claim is a list without a role name in it.'],
  ];

  test.each(journeys)('%s: the user is let in, and the page explains it', async (_, claim, sentence) => {
    await using gate = await openGate({ ann: { [ROLES]: claim } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(200);
    expect(end?.body).toContain(sentence);
    expect(end?.body).toContain('data-scheme="Member of any organisation" data-passes="false"');
    expect(end?.body).toContain('data-scheme="Holds member" data-passes="false"');
  });

  test('are found in user info alone, and in the ID token alone', async () => {
    for (const useUserinfo of [true, false]) {
      await using gate = await openGate({ ann: { [ROLES]: ['ORG:WATER'] }, attributes: { useUserinfo } });
      gate.provider.instead.set('/me', (_, response) => {
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ sub: 'ann', [ROLES]: ['ORG:FIRE'] }));
      });
      const { end } = await gate.browser.visit(gate.standIn.homeUrl);
      expect(end?.body).toContain(`<dd id="organization">${useUserinfo ? 'FIRE' : 'WATER'}</dd>`);
    }
  });
});

describe('authorization schemes', () => {
  test('a protected page answers 403 with its message if the user does not pass, without a redirect', async () => {
    await using gate = await openGate({ ann: { [ROLES]: ['member'] } });
    const { hops, end } = await gate.browser.visit(page(gate, 'members'));
    expect(end?.status).toBe(403);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/members');
    expect(end?.body).toContain('Your account is not a member of an organisation.');
    expect(hops.filter(({ url }) => url.pathname === '/auth')).toHaveLength(1);
    expect((await gate.browser.open(gate.standIn.homeUrl)).status).toBe(200);
  });

  test('configured organisations are listed for every user, those of others are not', async () => {
    await using gate = await openGate({
      ann: { [ROLES]: ['ORG:FIRE'] },
      options: { organizationRoles: ['ORG:WATER'] },
    });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    const rows = [...(end?.body ?? '').matchAll(/data-scheme="([^"]+)" data-passes="([^"]+)"/g)].map(
      ([, ...row]) => row,
    );
    expect(rows).toEqual([
      ['Member of any organisation', 'true'],
      ['Holds ORG:FIRE', 'true'],
      ['Holds ORG:WATER', 'false'],
      ['Holds member', 'false'],
    ]);
  });

  test('own schemes replace the derived ones, any one of their groups is enough, and the first protects the page', async () => {
    const authorizationSchemes = [{ name: 'Staff', requires: ['admin', 'member'], message: 'Staff only.' }];
    await using gate = await openGate({ ann: { [ROLES]: ['member'] }, options: { authorizationSchemes } });
    const { end } = await gate.browser.visit(page(gate, 'members'));
    expect(end?.status).toBe(200);
    await using other = await openGate({ ann: { [ROLES]: ['Member'] }, options: { authorizationSchemes } });
    const refused = await other.browser.visit(page(other, 'members'));
    expect(refused.end?.status).toBe(403);
    expect(refused.end?.body).toContain('Staff only.');
  });
});

describe('the username', () => {
  const rule = { attribute: 'email', uppercase: false, verify: true, schemeName: 'AUTH0' };
  const claims = { sub: 'auth0|1', email: 'Ann@Example.com', email_verified: true };

  test('is the attribute, unchanged or in upper case', () => {
    expect(username(claims, rule)).toEqual({ outcome: 'accepted', name: 'Ann@Example.com' });
    expect(username(claims, { ...rule, uppercase: true })).toEqual({ outcome: 'accepted', name: 'ANN@EXAMPLE.COM' });
  });

  test('is made from a template', () => {
    const attribute = '#sub# (#APEX_AUTH_NAME#)';
    expect(username(claims, { ...rule, attribute })).toEqual({ outcome: 'accepted', name: 'auth0|1 (AUTH0)' });
  });

  test.each([false, 'false'])('is refused when it is not verified (%j)', (email_verified) => {
    const unverified = { ...claims, email_verified };
    expect(username(unverified, rule)).toEqual({ outcome: 'unverified', attribute: 'email' });
    expect(username(unverified, { ...rule, verify: false }).outcome).toBe('accepted');
    expect(username(unverified, { ...rule, attribute: 'sub' }).outcome).toBe('accepted');
  });

  test.each([{}, { email: '' }, { email: '  ' }, { email: ['a@example.com'] }, { email: null }])(
    'is missing in %j',
    (values) => {
      expect(username(values, rule)).toEqual({ outcome: 'missing' });
    },
  );
});
