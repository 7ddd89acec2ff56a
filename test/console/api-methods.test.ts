import { expect, it } from 'vitest';
import { apiFor } from '../../scripts/actions/api-for.ts';
import type { PostLoginApi } from '../../src/action/action-api.ts';
import { apiMethodsOf, loginMethods } from '../../src/console/editor/api-methods.ts';
import { HANDLERS } from '../../src/tenant/actions/library/published-triggers.ts';

/** `access.deny` and all other methods, from the types that the gate's Action is compiled with. */
type MethodOf<Name extends keyof PostLoginApi & string> = `${Name}.${keyof NonNullable<PostLoginApi[Name]> & string}`;
type Methods = { [Name in Exclude<keyof PostLoginApi & string, 'samlResponse'>]: MethodOf<Name> }[Exclude<
  keyof PostLoginApi & string,
  'samlResponse'
>];

it('the completion has exactly the methods of a post-login Action', () => {
  // The compiler refuses this file if the lists differ.
  const everyMethod: Readonly<Record<Methods, string>> = loginMethods;
  const noOther: Readonly<Record<keyof typeof loginMethods, string>> = everyMethod;
  expect(Object.keys(noOther).every((name) => /^\w+\.\w+$/.test(name))).toBe(true);
});

it.each(Object.entries(HANDLERS).filter(([trigger]) => trigger !== 'post-login'))(
  'the completion has exactly the methods of an Action of %s',
  (trigger, handler) => {
    const published = Object.entries(apiFor(handler)).flatMap(([space, methods]) =>
      Object.keys(methods).map((name) => `${space}.${name}`),
    );
    expect(Object.keys(apiMethodsOf(trigger)).sort()).toEqual(published.sort());
  },
);
