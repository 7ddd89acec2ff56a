import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/configuration/parse-policy.ts';
import { resolveApplications } from '../../src/deployment/resolve-applications.ts';
import { decide } from '../../src/policy/decide.ts';
import type { Condition, Policy } from '../../src/policy/policy.ts';
import type { Visitor } from '../../src/policy/visitor.ts';
import { companyPolicy } from '../configuration/company-policy.ts';
import { stranger } from './example-policy.ts';

const base: Policy = {
  applications: ['client-apex', 'client-hr'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/refused',
  organizationPrefix: '',
  organizations: [],
  unverifiedEmail: 'refuse',
  onFailure: 'refuse',
};

const clients = [
  { client_id: 'client-apex', name: 'APEX' },
  { client_id: 'client-hr', name: 'HR' },
];
/** As it is deployed: parsed, and with client ids. */
const company: Policy = resolveApplications(clients, parsePolicy(companyPolicy).policy);

const ann: Visitor = { ...stranger, email: 'ann@water.example', connection: 'water-adfs' };

describe('the rules of a company', () => {
  it('admit by domain and connection together', () => {
    expect(decide(company, ann)).toEqual({
      outcome: 'admit',
      reason: 'admit_rule',
      rules: ['water company'],
      assign: ['ORG:WATER'],
      roles: ['ORG:WATER'],
    });
    expect(decide(company, { ...ann, connection: 'github' })).toMatchObject({ reason: 'no_matching_rule' });
    expect(decide(company, { ...ann, connection: undefined })).toMatchObject({ reason: 'no_matching_rule' });
  });

  it('refuse an address in any case, with the sentence of the rule', () => {
    expect(decide(company, { ...ann, email: 'JO@Water.example' })).toEqual({
      outcome: 'refuse',
      reason: 'refuse_rule',
      rule: 'left the company',
      message: 'This account was closed. Ask personnel.',
    });
  });

  it('admit until a date', () => {
    const kim = { ...stranger, email: 'kim@audit.example' };
    expect(decide(company, { ...kim, at: Date.UTC(2027, 2, 31, 23, 59) }).outcome).toBe('admit');
    expect(decide(company, { ...kim, at: Date.UTC(2027, 3, 1) }).outcome).toBe('refuse');
    expect(decide(company, kim).outcome).toBe('refuse');
  });

  it('ask administrators of one network for a factor, once', () => {
    const admin = { ...stranger, roles: ['APEX Admin'], ip: '192.0.2.77' };
    expect(decide(company, admin)).toMatchObject({ outcome: 'admit', assign: [], mfa: true });
    expect(decide(company, { ...admin, mfa: true })).not.toHaveProperty('mfa');
    expect(decide(company, { ...admin, ip: '198.51.100.1' })).toMatchObject({ reason: 'no_matching_rule' });
  });

  it('admit to one application by metadata', () => {
    const worker = { ...stranger, application: 'client-hr', appMetadata: { department: 'personnel' } };
    expect(decide(company, worker)).toMatchObject({ outcome: 'admit', assign: ['HR User'] });
    expect(decide(company, { ...worker, application: 'client-apex' }).outcome).toBe('refuse');
    expect(decide(company, { ...worker, appMetadata: { department: 'sales' } }).outcome).toBe('refuse');
  });

  it('give the roles of all rules that fit', () => {
    const both = { ...ann, application: 'client-hr', appMetadata: { department: ['sales', 'personnel'] } };
    expect(decide(company, both)).toMatchObject({
      rules: ['personnel', 'water company'],
      assign: ['HR User', 'ORG:WATER'],
    });
  });

  it('refuse an unverified address before any rule, or leave the rest to the rules', () => {
    const unverified = { ...ann, emailVerified: false };
    expect(decide(company, unverified)).toMatchObject({ reason: 'unverified_email' });
    const byConnection: Policy = {
      ...company,
      unverifiedEmail: 'rules',
      admit: [...(company.admit ?? []), { rule: 'directory', when: { connection: ['water-ldap'] }, roles: ['Staff'] }],
    };
    expect(decide(byConnection, unverified)).toMatchObject({ outcome: 'refuse', reason: 'unverified_email' });
    expect(decide(byConnection, { ...unverified, connection: 'water-ldap' })).toMatchObject({ assign: ['Staff'] });
    expect(decide(byConnection, { ...unverified, connection: 'water-ldap', email: 'jo@water.example' })).toMatchObject({
      rule: 'left the company',
    });
  });

  it('give the others what otherwise says', () => {
    const open: Policy = { ...company, otherwise: { roles: ['APEX User'] } };
    expect(decide(open, stranger)).toMatchObject({ outcome: 'admit', reason: 'otherwise', assign: ['APEX User'] });
    expect(decide(open, ann)).toMatchObject({ assign: ['ORG:WATER'] });
  });
});

describe('a condition', () => {
  const fits = (when: Condition, visitor: Partial<Visitor>): boolean =>
    decide({ ...base, admit: [{ rule: 'one', when, roles: [] }] }, { ...stranger, ...visitor }).outcome === 'admit';

  it.each<[string, Condition, Partial<Visitor>, Partial<Visitor>]>([
    ['email', { email: ['ann@water.example'] }, { email: 'Ann@WATER.example.' }, { email: 'anne@water.example' }],
    [
      'a look-alike',
      { email: ['kim@water.example'] },
      { email: 'KIM@water.example' },
      { email: '\u212aim@water.example' },
    ],
    ['emailDomain', { emailDomain: ['water.example'] }, { email: 'a@water.example' }, { email: 'a@lab.water.example' }],
    [
      'subdomains',
      { emailDomain: ['*.water.example'] },
      { email: 'a@x.lab.water.example' },
      { email: 'a@water.example' },
    ],
    ['organization', { organization: ['water'] }, { organization: ['org_1', 'water'] }, { organization: [] }],
    ['group', { group: ['staff'] }, { groups: ['all', 'staff'] }, { groups: ['Staff'] }],
    ['role', { role: ['Auditor'] }, { roles: ['Auditor'] }, { roles: ['Auditors'] }],
    ['roles by prefix', { role: ['ORG:*'] }, { roles: ['ORG:X'] }, { roles: ['ORG:', 'ORG: '] }],
    [
      'appMetadata',
      { appMetadata: { 'a.b': [7] } },
      { appMetadata: { a: { b: 7 } } },
      { appMetadata: { a: { b: '7' } } },
    ],
    [
      'inherited names',
      { appMetadata: { constructor: ['x'] } },
      { appMetadata: { constructor: 'x' } },
      { appMetadata: {} },
    ],
    ['country', { country: ['DE'] }, { country: 'DE' }, { country: 'AT' }],
    ['network', { network: ['2001:db8::/33'] }, { ip: '2001:db8:7fff::1' }, { ip: '2001:db8:8000::1' }],
    ['a mapped address', { network: ['192.0.2.0/31'] }, { ip: '::ffff:192.0.2.1' }, { ip: '::ffff:192.0.2.2' }],
    ['from', { from: '2026-01-01T00:00:00.000Z' }, { at: Date.UTC(2026, 0, 1) }, { at: Date.UTC(2025, 11, 31) }],
    ['not', { not: [{ country: ['DE'] }, { country: ['AT'] }] }, { country: 'CH' }, { country: 'AT' }],
    ['anyOf', { anyOf: [{ country: ['DE'] }, { role: ['Staff'] }] }, { roles: ['Staff'] }, { country: 'AT' }],
  ])('on %s fits what it names, and nothing else', (_, when, fitting, other) => {
    expect(fits(when, fitting)).toBe(true);
    expect(fits(when, other)).toBe(false);
  });

  it('that excludes a country does not admit a visitor without one', () => {
    expect(fits({ not: [{ country: ['US'] }] }, {})).toBe(false);
    const outside: Policy = {
      ...base,
      otherwise: { roles: [] },
      refuse: [{ rule: 'abroad', when: { not: [{ country: ['DE'] }] } }],
    };
    expect(decide(outside, stranger)).toMatchObject({ rule: 'abroad' });
    expect(decide(outside, { ...stranger, country: 'DE' }).outcome).toBe('admit');
  });
});
