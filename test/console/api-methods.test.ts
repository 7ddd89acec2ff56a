import { expect, it } from 'vitest';
import type { PostLoginApi } from '../../src/action/post-login-api.ts';
import { apiMethods } from '../../src/console/editor/api-methods.ts';

/** `access.deny` and all the others, taken from the types that the gate's Action is compiled with. */
type MethodOf<Name extends keyof PostLoginApi & string> = `${Name}.${keyof NonNullable<PostLoginApi[Name]> & string}`;
type Methods = { [Name in Exclude<keyof PostLoginApi & string, 'samlResponse'>]: MethodOf<Name> }[Exclude<
  keyof PostLoginApi & string,
  'samlResponse'
>];

it('has every method that an Action may call, and no other', () => {
  // The compiler refuses this file where one list has what the other has not.
  const everyMethod: Readonly<Record<Methods, string>> = apiMethods;
  const noOther: Readonly<Record<keyof typeof apiMethods, string>> = everyMethod;
  expect(Object.keys(noOther).every((name) => /^\w+\.\w+$/.test(name))).toBe(true);
});
