import { describe, expect, it } from 'vitest';
import { castFor } from '../../src/cli/dev/cast.ts';
import type { Policy, RefuseRule } from '../../src/policy/policy.ts';
import { gatePolicy } from '../gate-policy.ts';

const rule = (name: string): RefuseRule => ({ rule: name, when: { emailDomain: [`${name}.example`] } });
const withRules = (...names: string[]): Policy => ({ ...gatePolicy, refuse: names.map(rule) });
const namesOf = (cast: ReturnType<typeof castFor>) =>
  Object.fromEntries(cast.flatMap((person) => (person.rule === undefined ? [] : [[person.rule, person.name]])));

describe('the cast of a policy', () => {
  it('has a user for each rule', () => {
    expect(namesOf(castFor(withRules('fire', 'earth')))).toEqual({ fire: 'Rita', earth: 'Ralf' });
  });

  it('keeps the name of the user of a rule, whichever rules come and go', () => {
    const first = castFor(withRules('fire', 'earth'));
    const second = castFor(withRules('air', 'fire', 'earth'), first);
    expect(namesOf(second)).toEqual({ air: 'Rosa', fire: 'Rita', earth: 'Ralf' });
    const third = castFor(withRules('earth'), second);
    expect(namesOf(third)).toEqual({ earth: 'Ralf' });
    expect(namesOf(castFor(withRules('fire', 'earth'), third))).toEqual({ fire: 'Rita', earth: 'Ralf' });
  });

  it('never gives two users one name', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const first = castFor(withRules(...names));
    const second = castFor(withRules(...names.toReversed()), first);
    const assigned = Object.values(namesOf(second));
    expect(new Set(assigned).size).toBe(6);
    expect(assigned).toHaveLength(6);
  });
});
