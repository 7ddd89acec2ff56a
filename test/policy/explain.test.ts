import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, refuseAgain } from '../../src/policy/decide.ts';
import { explain } from '../../src/policy/explain.ts';
import { refusalMessages } from '../../src/policy/refusal-messages.ts';
import { policyArbitrary, visitorArbitrary } from './arbitraries.ts';
import { closedPolicy, policy, stranger } from './example-policy.ts';

describe('explain', () => {
  it('states the reason, the assigned role, and the roles in the claim', () => {
    const email = 'ann@water.example';
    expect(explain(decide(policy, { ...stranger, email, roles: ['Auditor', 'Clerk'] }))).toBe(
      'Let in because the e-mail\'s domain belongs to an organisation: "ORG:WATER" is assigned, and the claim carries "Auditor", "Clerk" and "ORG:WATER".',
    );
    expect(explain(decide(policy, { ...stranger, roles: ['APEX User'] }))).toBe(
      'Let in as a holder of the default role: nothing is assigned, and the claim carries "APEX User".',
    );
  });

  it('states why a visitor is refused or ignored', () => {
    expect(explain(decide(closedPolicy, stranger))).toMatch(/^Refused: no role opens the door, .* no default role\.$/);
    expect(explain(refuseAgain())).toBe('Refused: the login was taken up again after a refusal.');
    expect(explain(decide(policy, { ...stranger, application: 'other' }))).toMatch(/^Left alone: /);
  });

  it('is one line that ends with a full stop and never shows the address', () => {
    fc.assert(
      fc.property(policyArbitrary, visitorArbitrary, (anyPolicy, visitor) => {
        const sentence = explain(
          decide(anyPolicy, { ...visitor, email: 'secret.person@water.example', roles: ['two\nlines'] }),
        );
        expect(sentence).toMatch(/^[^\r\n]+\.$/);
        expect(sentence).not.toContain('secret.person');
      }),
    );
  });
});

describe('refusal messages', () => {
  it.each(Object.entries(refusalMessages))('%s can travel as an error_description', (_, message) => {
    // RFC 6749, section 4.1.2.1.
    expect(message).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+\.$/);
    expect(message).not.toMatch(/<|&|token|claim|Auth0|Action|policy|OAuth/i);
  });
});
