import { z } from 'zod';

/** A string of a named format, refused in the words of Auth0's validator. */
export function formatted(format: string, passes: (text: string) => boolean) {
  return z.string().refine(passes, {
    error: (issue) => `Object didn't pass validation for format ${format}: ${String(issue.input).slice(0, 200)}`,
  });
}

/** A body that must be an object with only these members. */
export function bodyOf<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape);
}

/** An object with at least one member. */
export function notEmpty<Schema extends z.ZodType>(schema: Schema) {
  return schema.refine((given) => Object.keys(Object(given)).length > 0, {
    error: 'Too few properties defined (0), minimum 1',
  });
}

/** An object whose content is stored unchanged. `__proto__` is never a member of it. */
export const anyObject = z.record(z.string(), z.json());

export const nullableObject = anyObject.nullable();

/** A list that must be empty: this tenant does not support its items. */
export function noneOf(what: string) {
  return z.array(z.unknown()).refine((given) => given.length === 0, { error: `This tenant does not have ${what}` });
}

/** Names of applications and APIs: no angle brackets, so that they cannot inject markup into a page. */
export const plainName = z
  .string()
  .min(1)
  .regex(/^[^<>]+$/);

/** A URL of any scheme except those that run code. `*` may stand for a part of the host. */
export const callbackUrl = formatted('callback-url', isUrl);

export const urlWithPlaceholders = formatted('url-with-placeholders', isUrl);

/** A list of URLs: Auth0 accepts up to 100. */
export function urlList<Item extends z.ZodType>(item: Item) {
  return z.array(item).max(100);
}

export const uriOrEmpty = formatted('absolute-uri-or-empty', (text) => text === '' || isUrl(text));

/** Up to ten members, each a string of 255 characters. `null` removes one. */
export const metadata = z
  .record(z.string().max(255), z.string().max(255).nullable())
  .refine((given) => Object.keys(given).length <= 10, {
    error: (issue) => `Too many properties defined (${Object.keys(Object(issue.input)).length}), maximum 10`,
  });

/** Up to 25 members, for sessions and refresh tokens. */
export const limitedMetadata = anyObject.refine((given) => Object.keys(given).length <= 25, {
  error: (issue) => `Too many properties defined (${Object.keys(Object(issue.input)).length}), maximum 25`,
});

/** Provider and id with a bar between them: `auth0|63d17c4a8869daf88ed7db97`. */
export const userId = formatted('user-id-with-max-length', (text) => /^[^|]+\|.+$/s.test(text) && text.length <= 255);

function isUrl(text: string): boolean {
  if (text.length > 2000 || /[\s\p{Cc}]/u.test(text)) return false;
  const url = URL.parse(text.replaceAll('*', 'wildcard').replace(/\{[\w.]+\}/g, 'placeholder'));
  return url !== null && !['javascript:', 'data:', 'vbscript:', 'file:'].includes(url.protocol);
}
