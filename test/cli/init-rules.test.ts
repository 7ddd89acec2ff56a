import { describe, expect, it } from 'vitest';
import { checkPeople, rulesFor } from '../../src/cli/init/init-rules.ts';
import { parsePolicy } from '../../src/configuration/parse-policy.ts';

const base = {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/refused',
};

describe('the rules of init', () => {
  it('merge the answers for one role', () => {
    const people = [['kim@audit.example'], ['lee@audit.example', 'audit.example', 'kim@audit.example']];
    const { admit } = rulesFor(
      [],
      people.map((some) => ({ role: 'Auditor', people: some })),
    );
    expect(admit).toEqual([
      {
        rule: 'Auditor by addresses',
        when: { email: ['kim@audit.example', 'lee@audit.example'] },
        roles: ['Auditor'],
      },
      { rule: 'Auditor by domains', when: { emailDomain: ['audit.example'] }, roles: ['Auditor'] },
    ]);
  });

  it('have names that a policy takes, whatever the roles are called', () => {
    const long = 'x'.repeat(46);
    const roles = ['A,B', 'A B', ',', `${long}\u{1f600}`, `${long}\u{1f600} 2`, `${long} y`, 'y'.repeat(255)];
    const { refuse, admit } = rulesFor(
      ['jo@water.example', 'fire.example'],
      roles.map((role) => ({ role, people: ['kim@audit.example', 'audit.example'] })),
    );
    expect(parsePolicy({ ...base, refuse, admit }).policy.admit).toHaveLength(2 * roles.length);
  });

  it('say which address or domain is not one', () => {
    expect(checkPeople(['kim@audit.example', '*.water.example', 'gmail.com'])).toBeUndefined();
    expect(checkPeople(['kim@audit.example', '@water.example'])).toMatch(/^@water\.example: /);
    expect(checkPeople(['water'])).toMatch(/^water: /);
  });
});
