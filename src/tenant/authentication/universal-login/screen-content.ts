import { renderLiquid } from '../../mails/render-liquid.ts';
import { objectOf } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { type Markup, markup, trustedMarkup } from './pages/markup.ts';

/** Places of a screen where a partial of the operator is inserted. */
export type PartialPlace =
  | 'form-content-start'
  | 'form-content-end'
  | 'form-footer-start'
  | 'form-footer-end'
  | 'secondary-actions-start'
  | 'secondary-actions-end';

/** The changes of an operator to a screen of Universal Login. */
export interface ScreenContent {
  /** The operator's text for a key of the screen, with its variables replaced; `undefined` if there is none. */
  text(key: string): string | undefined;
  /** The operator's HTML at a place of the screen; empty if there is none. */
  partial(place: PartialPlace): Markup;
}

/** A screen, with the languages and the application that it is shown for. */
export interface ScreenRequest {
  readonly prompt: string;
  readonly screen: string;
  /** Languages that the application or the browser asks for, best first. */
  readonly languages: readonly string[];
  readonly clientName: string;
  readonly clientId: string;
}

/**
 * Reads the custom text and the partials of a screen. The language is the first requested one that the tenant has enabled,
 * or else the tenant's default.
 *
 * @example
 * screenContent(store, { prompt: 'login', screen: 'login', languages: ['de'], clientName: 'Shop', clientId }).text('title');
 * @see https://auth0.com/docs/customize/login-pages/universal-login/customize-text-elements
 * @see https://auth0.com/docs/customize/login-pages/universal-login/customize-signup-and-login-prompts
 */
export function screenContent(store: Store, request: ScreenRequest): ScreenContent {
  const { prompt, screen, clientName, clientId } = request;
  const { friendly_name = '', enabled_locales } = objectOf(store.settings.get('tenant_settings'));
  const language = languageOf(request.languages, Array.isArray(enabled_locales) ? enabled_locales.map(String) : []);
  const stored = (path: string, id: string) =>
    objectOf(objectOf(store.records.find({ kind: path }, id)?.members.value)[screen]);
  const texts = stored('/prompts/{prompt}/custom-text/{language}', `${prompt}/${language}`);
  const partials = stored('/prompts/{prompt}/partials', prompt);
  const variables: Readonly<Record<string, string>> = { clientName, companyName: String(friendly_name) };
  return {
    text(key) {
      const text = texts[key];
      if (typeof text !== 'string' || text === '') return undefined;
      return text.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) =>
        Object.hasOwn(variables, name) ? String(variables[name]) : placeholder,
      );
    },
    partial(place) {
      const partial = partials[place];
      if (typeof partial !== 'string') return markup``;
      const values = {
        application: { id: clientId, name: clientName },
        tenant: { friendly_name },
        prompt: { name: prompt, screen: { name: screen } },
        locale: language,
      };
      try {
        return trustedMarkup(renderLiquid(partial, values));
      } catch {
        // A login goes on without a partial that cannot be rendered.
        return markup``;
      }
    },
  };
}

function languageOf(requested: readonly string[], enabled: readonly string[]): string {
  const known = enabled.length > 0 ? enabled : ['en'];
  const found = requested.flatMap((language) =>
    known.filter((other) => other === language || other === language.split('-')[0]),
  );
  return found[0] ?? known[0] ?? 'en';
}
