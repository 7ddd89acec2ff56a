import { describe, expect, it } from 'vitest';
import { definePolicy } from '../../src/configuration/define-configuration.ts';
import { formatMistake } from '../../src/problem/mistake.ts';
import { Problem } from '../../src/problem/problem.ts';
import { parsePolicy } from './parsed-policy.ts';

const minimal = {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
};

function failure(input: unknown): Problem {
  try {
    parsePolicy(input, { file: 'portcullis.config.ts' });
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was accepted');
}

/** The text of the only mistake. */
function onlyProblem(input: unknown): string {
  const { mistakes } = failure(input);
  expect(mistakes.map(({ field }) => field)).toHaveLength(1);
  return mistakes.map(formatMistake).join();
}

describe('parsePolicy accepts', () => {
  it('the minimal policy, and fills in the defaults', () => {
    expect(parsePolicy(definePolicy(minimal))).toEqual({
      ...minimal,
      organizationPrefix: 'ORG:',
      organizations: [],
      unverifiedEmail: 'refuse',
      onFailure: 'refuse',
    });
  });

  it('a policy with every field, unchanged', () => {
    const policy = {
      ...minimal,
      defaultRole: 'APEX User',
      organizationPrefix: 'TEAM-',
      organizations: [{ role: 'TEAM-1', domains: ['a.example', 'b.example'], includeSubdomains: true }],
      unverifiedEmail: 'admit',
      onFailure: 'admit',
    } as const;
    expect(parsePolicy(definePolicy(policy))).toEqual(policy);
  });

  it('fields that are set to undefined, as if they were left out', () => {
    expect(parsePolicy({ ...minimal, defaultRole: undefined, organizations: undefined })).toEqual(parsePolicy(minimal));
  });

  it('domains in any form, and keeps them in lower case, those beyond ASCII in both forms', () => {
    const organizations = [
      { role: 'ORG:A', domains: ['Water.EXAMPLE', 'bücher.example.', 'XN--FSQ.example', 'ｗide.example'] },
    ];
    expect(parsePolicy({ ...minimal, organizations }).organizations[0]?.domains).toEqual([
      'water.example',
      'xn--bcher-kva.example',
      'bücher.example',
      'xn--fsq.example',
      '例.example',
      'wide.example',
    ]);
  });

  it('one role in two organisations that treat subdomains differently, since they cannot be merged', () => {
    const organizations = [
      { role: 'ORG:A', domains: ['a.example'], includeSubdomains: true },
      { role: 'ORG:A', domains: ['b.example'] },
    ];
    expect(parsePolicy({ ...minimal, organizations }).organizations).toHaveLength(2);
  });

  it.each([
    'http://localhost:4040/ords/r/demo/gate/refused',
    'http://127.0.0.1/refused',
    'http://[::1]:8080/refused',
    'http://apex.localhost/refused',
    'https://apex.example.com',
    'https://apex.example.com/ords/f?p=100:REFUSED:0',
    'https://apex.example.com/ords/r/team/app/refused?session=0',
    'https://apex.example.com/pls/apex/r/team/app/refused?p1_text=no#top',
  ])('the landing page %s', (landingPage) => {
    expect(parsePolicy({ ...minimal, landingPage }).landingPage).toBe(landingPage);
  });

  it.each([
    'https://apex.example.com/roles',
    'http://apex/roles',
    'https://example.com/#roles',
    'https://notauth0.com/r',
  ])('the claim %s', (claim) => {
    expect(parsePolicy({ ...minimal, claim }).claim).toBe(claim);
  });
});

describe('parsePolicy refuses', () => {
  it.each([
    ['nothing', undefined, 'found nothing'],
    ['a list', [], 'found an empty list'],
    ['a function', () => minimal, 'found a function'],
    ['a promise', Promise.resolve(minimal), 'found a promise'],
    ['a text', 'policy', 'found the text "policy"'],
  ])('%s in place of a policy', (_, input, found) => {
    expect(onlyProblem(input)).toBe(
      `expected an object with the fields of a policy, ${found}. Write: export default definePolicy({ … });`,
    );
  });

  it('a policy without a required field', () => {
    expect(failure({}).mistakes.map(({ field, found }) => [field, found])).toEqual([
      ['applications', 'nothing'],
      ['claim', 'nothing'],
      ['landingPage', 'nothing'],
    ]);
  });

  it('an unknown field, and says which one is probably meant', () => {
    expect(onlyProblem({ ...minimal, organisations: [] })).toMatch(
      /^organisations: expected one of the fields applications, claim, .*, found a field that is unknown\. Did you mean organizations\?$/,
    );
    expect(onlyProblem({ ...minimal, namespace: 'x' })).toMatch(/Did you mean claim\?$/);
    expect(onlyProblem({ ...minimal, onFail: 'refuse' })).toMatch(/Did you mean onFailure\?$/);
    expect(onlyProblem({ ...minimal, colour: 'red' })).toMatch(/Remove it\.$/);
    const organizations = [{ role: 'ORG:A', domains: ['a.example'], includeSubDomains: true }];
    expect(onlyProblem({ ...minimal, organizations })).toBe(
      'organizations[0].includeSubDomains: expected one of the fields role, domains, includeSubdomains, found a field that is unknown. Did you mean includeSubdomains?',
    );
  });

  it.each([
    [{ applications: 'APEX' }, /^applications: expected a list .*, found the text "APEX"\. Put it in brackets/],
    [{ applications: [] }, /^applications: expected a list with at least one application.*, found an empty list\.$/],
    [{ applications: [7] }, /^applications\[0\]: expected the name or the client id .*, found the number 7\.$/],
    [{ applications: [''] }, /^applications\[0\]: .*, found an empty text\.$/],
    [{ applications: ['APEX '] }, /^applications\[0\]: .* Remove spaces at the ends/],
    [{ applications: ['*'] }, /^applications\[0\]: .* Name each application/],
    [{ applications: ['<APEX>'] }, /^applications\[0\]: .* neither < nor >/],
    [
      { applications: ['APEX', 'APEX'] },
      /^applications\[1\]: expected each application once, found the text "APEX" again, after applications\[0\]/,
    ],
    [{ claim: 7 }, /^claim: expected a URL of your own .*, found the number 7\.$/],
    [{ claim: 'roles' }, /^claim: .*, found the text "roles"\. Auth0 would drop a claim of this name without a word/],
    [{ claim: 'Groups' }, /^claim: .* without a word/],
    [{ claim: 'permissions' }, /^claim: .* without a word/],
    [{ claim: 'my_roles' }, /^claim: .* A name without a URL in front of it can collide/],
    [{ claim: '/roles' }, /^claim: .* can collide/],
    [{ claim: 'urn:auth0:roles' }, /^claim: .* keeps urn:auth0 for itself/],
    [{ claim: 'urn:example:roles' }, /^claim: .* can collide/],
    [{ claim: 'https:apex.example.com/roles' }, /^claim: .* can collide/],
    [{ claim: 'https://auth0.com/roles' }, /^claim: .* drop a claim on auth0\.com without a word/],
    [{ claim: 'https://TENANT.eu.Auth0.com./roles' }, /^claim: .* on auth0\.com without a word/],
    [{ claim: 'https://x.webtask.io/roles' }, /^claim: .* on webtask\.io without a word/],
    [{ claim: 'https://webtask.run/roles' }, /^claim: .* on webtask\.run without a word/],
    [
      { claim: 'https://apex.example.com' },
      /^claim: .* Put a name behind the domain: https:\/\/apex\.example\.com\/roles\.$/,
    ],
    [{ claim: ' https://apex.example.com/roles' }, /^claim: .* neither spaces nor letters beyond ASCII/],
    [{ claim: 'https://apex.example.com/röles' }, /^claim: .* beyond ASCII/],
    [{ claim: 'https://apex.example.com/%0' }, /^claim: .* APEX could not read the claim/],
    [{ claim: 'https://ann:pw@apex.example.com/roles' }, /^claim: .*, found a URL with a user name in it/],
    [{ claim: `https://apex.example.com/${'r'.repeat(300)}` }, /^claim: .* at most 255 characters/],
    [{ landingPage: null }, /^landingPage: expected the absolute URL of a public page.*, found null\.$/],
    [
      { landingPage: '/ords/r/team/app/refused' },
      /^landingPage: expected the absolute URL .* needs https:\/\/ and a host/,
    ],
    [{ landingPage: 'apex.example.com/refused' }, /^landingPage: .* needs https:\/\/ and a host/],
    [{ landingPage: `https://a.example/${'x'.repeat(983)}` }, /^landingPage: .* of at most 1000 characters/],
    [{ landingPage: `https://a.example/${'ü'.repeat(200)}` }, /^landingPage: .* has 1218 characters/],
    [
      { landingPage: `https://a.example/#${'x'.repeat(300)}` },
      /^landingPage: .* At most 300 characters .* behind the #/,
    ],
    [{ applications: ['x y '.repeat(65).trim()] }, /^applications\[0\]: .* at most 255 characters/],
    [{ landingPage: 'javascript:alert(1)' }, /^landingPage: .* https:\/\/ in front/],
    [{ landingPage: 'https:refused' }, /^landingPage: .* https:\/\/ in front/],
    [{ landingPage: 'https://apex.example.com/a b' }, /^landingPage: /],
    [{ landingPage: 'http://apex.example.com/refused' }, /^landingPage: .* Plain http is for this machine alone/],
    [{ landingPage: 'http://localhost.example.com/refused' }, /^landingPage: .* Plain http/],
    [
      { landingPage: 'https://ann:pw@apex.example.com/x' },
      /^landingPage: .*, found a URL with a user name or password in it/,
    ],
    [{ landingPage: 'https://*.example.com/refused' }, /^landingPage: .* cannot go to a wildcard/],
    [
      { landingPage: 'https://a.example/ords/r/t/a/home?request=APEX_AUTHENTICATION%3DAUTH0' },
      /^landingPage: .* starts a login\. A refused user/,
    ],
    [
      { landingPage: 'https://a.example/ords/r/t/a/home?REQUEST=apex_authentication=AUTH0' },
      /^landingPage: .* starts a login/,
    ],
    [
      { landingPage: 'https://a.example/ords/f?p=100:1:0:APEX_AUTHENTICATION=AUTH0' },
      /^landingPage: .* starts a login/,
    ],
    [
      { landingPage: 'https://a.example/ords/apex_authentication.callback' },
      /^landingPage: .* where APEX ends a login/,
    ],
    [
      { landingPage: 'https://a.example/ords/apex_authentication.callback2' },
      /^landingPage: .* where APEX ends a login/,
    ],
    [
      { landingPage: 'https://a.example/ords/apex_authentication.logout?p_app_id=1' },
      /^landingPage: .* step of signing in or out/,
    ],
    [{ landingPage: 'https://tenant.eu.auth0.com/v2/logout' }, /^landingPage: .* step of signing in or out/],
    [{ landingPage: 'https://tenant.eu.auth0.com/authorize' }, /^landingPage: .* step of signing in or out/],
    [
      { landingPage: 'https://a.example/ords/r/t/a/refused?session=1234567890' },
      /^landingPage: .* copied from a browser/,
    ],
    [{ landingPage: 'https://a.example/ords/f?p=100:101:1234567890' }, /^landingPage: .* copied from a browser/],
    [{ defaultRole: '' }, /^defaultRole: expected a role's name, found an empty text\.$/],
    [{ defaultRole: ' APEX User' }, /^defaultRole: .* Remove spaces at the ends/],
    [{ defaultRole: 'APEX\nUser' }, /^defaultRole: .* invisible characters/],
    [{ defaultRole: 'rol_AbCdEfGh12345678' }, /^defaultRole: expected the role's name, not its id/],
    [{ defaultRole: 'x'.repeat(256) }, /^defaultRole: .* at most 255 characters/],
    [{ defaultRole: 'ORG:EVERYBODY' }, /^defaultRole: expected a role whose name does not begin with "ORG:"/],
    [{ defaultRole: ['APEX User'] }, /^defaultRole: expected the name of a role.*, found a list\.$/],
    [{ organizationPrefix: '' }, /^organizationPrefix: .* every role would be an organisation role/],
    [{ organizationPrefix: '  ' }, /^organizationPrefix: .* every role would be an organisation role/],
    [{ organizationPrefix: ' ORG:' }, /^organizationPrefix: .* Remove the space in front/],
    [{ organizationPrefix: 'O'.repeat(51) }, /^organizationPrefix: .* at most 50 characters/],
    [{ organizations: {} }, /^organizations: expected a list of organisations.*, found an object\.$/],
    [
      { organizations: ['water.example'] },
      /^organizations\[0\]: expected an organisation, such as .*, found the text "water\.example"\.$/,
    ],
    [{ unverifiedEmail: 'deny' }, /^unverifiedEmail: expected "refuse", "admit" or "rules", found the text "deny"\.$/],
    [{ unverifiedEmail: false }, /^unverifiedEmail: expected "refuse", "admit" or "rules", found the value false\.$/],
    [{ onFailure: 'allow' }, /^onFailure: expected "refuse" or "admit", found the text "allow"\.$/],
  ])('%j', (change, message) => {
    expect(onlyProblem({ ...minimal, ...change })).toMatch(message);
  });

  it.each([
    [
      { role: 'WATER' },
      /^organizations\[0\]\.role: expected a role whose name begins with "ORG:", found the text "WATER"\. Write "ORG:WATER"/,
    ],
    [{ role: 'org:WATER' }, /^organizations\[0\]\.role: .* Write "ORG:WATER"/],
    [{ role: 'ORG:' }, /^organizations\[0\]\.role: .* has something behind it/],
    [{ role: 'rol_AbCdEfGh12345678' }, /^organizations\[0\]\.role: expected the role's name, not its id/],
    [{ role: undefined }, /^organizations\[0\]\.role: .*, found nothing\.$/],
    [{ domains: undefined }, /^organizations\[0\]\.domains: .*, found nothing\.$/],
    [
      { domains: 'water.example' },
      /^organizations\[0\]\.domains: .*, found the text "water\.example"\. Put it in brackets/,
    ],
    [
      { domains: [] },
      /^organizations\[0\]\.domains: expected a list with at least one e-mail domain.*, found an empty list\.$/,
    ],
    [{ domains: [7] }, /^organizations\[0\]\.domains\[0\]: expected an e-mail domain.*, found the number 7\.$/],
    [{ domains: [''] }, /^organizations\[0\]\.domains\[0\]: .*, found an empty text\.$/],
    [{ domains: [' water.example'] }, /^organizations\[0\]\.domains\[0\]: .* Remove the spaces/],
    [{ domains: ['https://water.example/'] }, /^organizations\[0\]\.domains\[0\]: .* Leave out the scheme/],
    [
      { domains: ['@water.example'] },
      /^organizations\[0\]\.domains\[0\]: .*, found a domain with an @ in front\. Write only/,
    ],
    [{ domains: ['ann@water.example'] }, /^organizations\[0\]\.domains\[0\]: .*, found an e-mail address\. Write only/],
    [
      { domains: ['*.water.example'] },
      /^organizations\[0\]\.domains\[0\]: .* Write "water\.example" and includeSubdomains: true\.$/,
    ],
    [
      { domains: ['.water.example'] },
      /^organizations\[0\]\.domains\[0\]: .* Write "water\.example" and includeSubdomains: true\.$/,
    ],
    [{ domains: ['com'] }, /^organizations\[0\]\.domains\[0\]: .* A single word is a whole registry/],
    [{ domains: ['water_works.example'] }, /^organizations\[0\]\.domains\[0\]: .* letters, digits, hyphens and dots/],
    [{ domains: ['water example.com'] }, /^organizations\[0\]\.domains\[0\]: .* letters, digits/],
    [{ domains: ['water..example'] }, /^organizations\[0\]\.domains\[0\]: .* letters, digits/],
    [{ domains: ['-water.example'] }, /^organizations\[0\]\.domains\[0\]: .* letters, digits/],
    [{ domains: ['192.0.2.1'] }, /^organizations\[0\]\.domains\[0\]: .* letters, digits/],
    [{ domains: ['water%2Eexample.com'] }, /^organizations\[0\]\.domains\[0\]: .* letters, digits/],
    [{ domains: ['xn--a.example'] }, /^organizations\[0\]\.domains\[0\]: .* letters, digits/],
    [{ domains: ['xn--water-.example'] }, /^organizations\[0\]\.domains\[0\]: .* letters, digits/],
    [{ domains: ['Gmail.com'] }, /^organizations\[0\]\.domains\[0\]: .* Every person can get an address there/],
    [
      { domains: ['co.uk'], includeSubdomains: true },
      /^organizations\[0\]\.domains\[0\]: .* Strangers register names below it/,
    ],
    [
      { domains: ['a.example', 'A.Example.'] },
      /^organizations\[0\]\.domains\[1\]: expected each domain once, found "a\.example" again, after organizations\[0\]\.domains\[0\]/,
    ],
    [
      { includeSubdomains: 'true' },
      /^organizations\[0\]\.includeSubdomains: expected true or false, found the text "true"\.$/,
    ],
  ])('an organisation with %j', (change, message) => {
    const organizations = [{ role: 'ORG:WATER', domains: ['water.example'], ...change }];
    expect(onlyProblem({ ...minimal, organizations })).toMatch(message);
  });

  it('the same domain in two organisations, in any form', () => {
    for (const [one, other] of [
      ['water.example', 'WATER.example'],
      ['bücher.example', 'xn--bcher-kva.example'],
      ['bücher.example', 'BU\u0308CHER.EXAMPLE.'],
    ]) {
      const organizations = [
        { role: 'ORG:A', domains: ['other.example', one] },
        { role: 'ORG:B', domains: [other] },
      ];
      expect(onlyProblem({ ...minimal, organizations })).toMatch(
        /^organizations\[1\]\.domains\[0\]: expected each domain once, found ".*" again, after organizations\[0\]\.domains\[1\]/,
      );
    }
  });

  it('the same role in two organisations, and says how to merge them', () => {
    const organizations = [
      { role: 'ORG:A', domains: ['a.example'] },
      { role: 'ORG:A', domains: ['b.example'] },
    ];
    expect(onlyProblem({ ...minimal, organizations })).toMatch(
      /^organizations\[1\]\.role: expected each role in one organisation, .* put all their domains into organizations\[0\]\.domains\.$/,
    );
  });

  it('roles against the prefix that the policy sets', () => {
    const organizations = [{ role: 'ORG:A', domains: ['a.example'] }];
    expect(onlyProblem({ ...minimal, organizationPrefix: 'TEAM-', organizations })).toMatch(/begins with "TEAM-"/);
  });
});

describe('the error', () => {
  it('collects every mistake at once, with its place, even if a neighbour has the wrong kind', () => {
    const error = failure({
      applications: 'APEX',
      claim: 'roles',
      landingPage: 7,
      defaultRole: 'ORG:ALL',
      colour: 'red',
      organizations: [
        { role: 7, domains: ['a.example'] },
        { role: 'B', domains: ['A.example', 7, 'com'] },
        'c.example',
      ],
    });
    expect(error.mistakes.map(({ field }) => field).sort()).toEqual([
      'applications',
      'claim',
      'colour',
      'defaultRole',
      'landingPage',
      'organizations[0].role',
      'organizations[1].domains[0]',
      'organizations[1].domains[1]',
      'organizations[1].domains[2]',
      'organizations[1].role',
      'organizations[2]',
    ]);
    expect(error.mistakes.find(({ field }) => field === 'organizations[1].domains[2]')?.path).toEqual([
      'organizations',
      1,
      'domains',
      2,
    ]);
  });

  it('has a code, names the file, and lists each mistake on its own line', () => {
    const error = failure({ ...minimal, claim: 'roles', onFailure: 'x' });
    expect(error.code).toBe('policy_invalid');
    expect(error.file).toBe('portcullis.config.ts');
    expect(error.message.split('\n')).toEqual([
      'portcullis.config.ts has 2 mistakes:',
      expect.stringMatching(/^ {2}claim: /),
      expect.stringMatching(/^ {2}onFailure: /),
    ]);
    expect(failure({ ...minimal, onFailure: 'x' }).message).toMatch(/^portcullis\.config\.ts has one mistake:\n/);
  });

  it('never shows an e-mail address or a possible secret, in any field', () => {
    const address = 'ann.lee@water.example';
    const secret = 'q7Zs'.repeat(16);
    for (const pasted of [address, secret]) {
      for (const input of [
        { ...minimal, applications: [pasted, pasted], claim: pasted, landingPage: pasted, onFailure: pasted },
        { ...minimal, defaultRole: `ORG:${pasted}`, [pasted]: 1, unverifiedEmail: pasted },
        { ...minimal, organizationPrefix: ` ${pasted}`, organizations: pasted },
        { ...minimal, organizations: [pasted, { role: pasted, domains: [pasted, pasted], includeSubdomains: pasted }] },
        { ...minimal, organizations: [{ role: `org:${pasted}`, domains: pasted, [pasted]: 1 }] },
        { ...minimal, landingPage: `https://ann:${pasted}@apex.example.com/`, claim: `https://${pasted}@a.example/r` },
      ]) {
        const { message, mistakes } = failure(input);
        expect(message).not.toContain(pasted);
        expect(JSON.stringify(mistakes)).not.toContain(pasted);
      }
    }
  });
});
