import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { withSources } from '../http/page-headers.ts';
import { brandingCss, brandingOf, brandingSources } from './branding-css.ts';
import { universalLoginCss } from './pages/universal-login-stylesheet.ts';
import { themeCss, themeOf, themeSources } from './theme-css.ts';

/**
 * The style sheet of the tenant's pages, with its branding, its theme and the branding of an organization.
 *
 * @example
 * pageStylesheet(store, organization?.branding);
 */
export function pageStylesheet(store: Store, ofOrganization: JsonObject = {}): string {
  const own = brandingCss(ofOrganization);
  return `${universalLoginCss}${brandingCss(brandingOf(store))}${themeCss(themeOf(store))}${own}`;
}

/**
 * The Content Security Policy of a page that loads the pictures and the font of the branding and of the theme.
 *
 * @example
 * withLook("default-src 'none'; style-src 'self'", store);
 */
export function withLook(policy: string, store: Store): string {
  return withSources(withSources(policy, brandingSources(brandingOf(store))), themeSources(themeOf(store)));
}
