import { expect, it } from 'vitest';
import { apiFor } from '../../scripts/actions/api-for.ts';
import type { PostLoginApi } from '../../src/action/action-api.ts';
import { apiMethodsOf, loginMethods } from '../../src/console/editor/api-methods.ts';
import { HANDLERS } from '../../src/tenant/actions/library/published-triggers.ts';

/** `access.deny` and all the others, taken from the types that the gate's Action is compiled with. */
type MethodOf<Name extends keyof PostLoginApi & string> = `${Name}.${keyof NonNullable<PostLoginApi[Name]> & string}`;
type Methods = { [Name in Exclude<keyof PostLoginApi & string, 'samlResponse'>]: MethodOf<Name> }[Exclude<
  keyof PostLoginApi & string,
  'samlResponse'
>];

it('has every method that an Action of the login may call, and no other', () => {
  // The compiler refuses this file where one list has what the other has not.
  const everyMethod: Readonly<Record<Methods, string>> = loginMethods;
  const noOther: Readonly<Record<keyof typeof loginMethods, string>> = everyMethod;
  expect(Object.keys(noOther).every((name) => /^\w+\.\w+$/.test(name))).toBe(true);
});

it.each(Object.entries(HANDLERS).filter(([trigger]) => trigger !== 'post-login'))(
  'has every method that an Action of %s is given, and no other',
  (trigger, handler) => {
    const given = Object.entries(apiFor(handler)).flatMap(([space, methods]) =>
      Object.keys(methods).map((name) => `${space}.${name}`),
    );
    expect(Object.keys(apiMethodsOf(trigger)).sort()).toEqual(given.sort());
  },
);
