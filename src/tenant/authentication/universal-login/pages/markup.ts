import { html } from 'hono/html';

/** HTML whose values have been escaped. */
export type Markup = Exclude<ReturnType<typeof html>, Promise<unknown>>;

/**
 * The `html` template of Hono, for values that are all there: every value is escaped, unless it is markup already.
 *
 * @throws TypeError when a value is a promise; pages are rendered from what is known.
 * @example
 * markup`<p>${name}</p>`;
 */
export function markup(strings: TemplateStringsArray, ...values: unknown[]): Markup {
  const result = html(strings, ...values);
  if (result instanceof Promise) throw new TypeError('A page cannot hold a promise; await it before rendering.');
  return result;
}
