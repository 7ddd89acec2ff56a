import { createRequire } from 'node:module';
import type { Liquid } from 'liquidjs';
import type { JsonObject } from '../store/json-value.ts';

let loaded: Liquid | undefined;

/**
 * Renders a Liquid template, as Auth0 renders the templates of mails. A variable that does not exist is empty.
 *
 * @throws Error if the template cannot be parsed or takes too long
 * @example
 * renderLiquid('Dear {{ user.name | escape }}', { user: { name: 'Ada' } }) // 'Dear Ada'
 * @see https://auth0.com/docs/customize/email/email-templates/use-liquid-syntax-in-email-templates
 */
export function renderLiquid(template: string, values: JsonObject): string {
  loaded ??= loadEngine();
  return loaded.parseAndRenderSync(template, values);
}

/** Loaded by the first template: most tenants have none. */
function loadEngine(): Liquid {
  const { Liquid: Engine }: typeof import('liquidjs') = createRequire(import.meta.url)('liquidjs');
  // A template is code that an operator wrote: it reads no file, and it ends.
  const engine = new Engine({
    templates: {},
    ownPropertyOnly: true,
    parseLimit: 1_000_000,
    renderLimit: 500,
    memoryLimit: 10_000_000,
  });
  // `{%- auth0:head -%}` and `{%- auth0:widget -%}`, in templates of pages only: mails have no value `auth0`.
  engine.registerTag('auth0', {
    parse({ args }) {
      this.part = /^:(head|widget)$/.exec(args.trim())?.[1];
      if (this.part === undefined) throw new Error(`tag "auth0${args}" not found`);
    },
    render(context) {
      return context.getSync(['auth0', this.part]);
    },
  });
  return engine;
}
