import type { JsonObject } from '../store/json-value.ts';
import { renderLiquid } from './render-liquid.ts';

/** A mail, rendered from its template. */
export interface RenderedMail {
  /** Empty if the template has none. */
  readonly from: string;
  /** Empty if the template has none. */
  readonly subject: string;
  readonly html: string;
}

/**
 * Renders the sender, the subject and the body of a mail's template. Templates in the older syntax, `@@name@@`, stay as they are.
 *
 * @throws Error if the template cannot be parsed or takes too long
 * @example
 * renderMail({ subject: 'For {{ user.name }}', body: '<p>Hello</p>' }, { user: { name: 'Ada' } }).subject // 'For Ada'
 */
export function renderMail(template: JsonObject, values: JsonObject): RenderedMail {
  const { syntax = 'liquid' } = template;
  const render = (source: unknown) => {
    if (typeof source !== 'string') return '';
    return syntax === 'liquid' ? renderLiquid(source, values) : source;
  };
  return { html: render(template.body), from: render(template.from), subject: render(template.subject) };
}
