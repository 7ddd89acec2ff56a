import { html, raw } from 'hono/html';

/** HTML whose values have been escaped. */
export type Markup = Exclude<ReturnType<typeof html>, Promise<unknown>>;

/**
 * Hono's `html` template for synchronous values: every value is escaped unless it is already markup.
 *
 * @throws TypeError if a value is a promise.
 * @example
 * markup`<p>${name}</p>`;
 */
export function markup(strings: TemplateStringsArray, ...values: unknown[]): Markup {
  const result = html(strings, ...values);
  if (result instanceof Promise) throw new TypeError('A page cannot hold a promise; await it before rendering.');
  return result;
}

/** HTML that the tenant's operator wrote. Never of a user: it is not escaped. */
export function trustedMarkup(text: string): Markup {
  return raw(text);
}
