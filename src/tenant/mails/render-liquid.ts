import { Liquid } from 'liquidjs';
import type { JsonObject } from '../store/json-value.ts';

// A template is code that an operator wrote: it reads no file, and it ends.
const engine = new Liquid({
  templates: {},
  ownPropertyOnly: true,
  parseLimit: 1_000_000,
  renderLimit: 500,
  memoryLimit: 10_000_000,
});

/**
 * Renders a Liquid template, as Auth0 renders the templates of mails. A variable that does not exist is empty.
 *
 * @throws Error if the template cannot be parsed or takes too long
 * @example
 * renderLiquid('Dear {{ user.name | escape }}', { user: { name: 'Ada' } }) // 'Dear Ada'
 * @see https://auth0.com/docs/customize/email/email-templates/use-liquid-syntax-in-email-templates
 */
export function renderLiquid(template: string, values: JsonObject): string {
  return engine.parseAndRenderSync(template, values);
}
