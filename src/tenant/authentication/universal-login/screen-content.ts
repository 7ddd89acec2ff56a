import { userValues } from '../../mails/mail-values.ts';
import { renderLiquid } from '../../mails/render-liquid.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { requestInfo } from '../authorize/login-progress.ts';
import { wordsOf } from '../authorize/original-request.ts';
import type { WebContext } from '../http/web-context.ts';
import { brandingOf, brandingSources, iconOf } from './branding-css.ts';
import { openOperatorHtml, type PageSources } from './operator-html.ts';
import { type Markup, markup, trustedMarkup } from './pages/markup.ts';
import { stylesheetPath } from './pages/universal-login-stylesheet.ts';

/** Places of a screen where a partial of the operator is inserted. */
export type PartialPlace =
  | 'form-content-start'
  | 'form-content-end'
  | 'form-footer-start'
  | 'form-footer-end'
  | 'secondary-actions-start'
  | 'secondary-actions-end';

/** The parts of a page that a template has places for: `{%- auth0:head -%}` and `{%- auth0:widget -%}`. */
export interface PageParts {
  readonly head: string;
  readonly widget: string;
}

/** The changes of an operator to a screen of Universal Login. */
export interface ScreenContent {
  /** The operator's text for a key of the screen, with its variables replaced; `undefined` if there is none. */
  text(key: string): string | undefined;
  /** The operator's HTML at a place of the screen; empty if there is none. */
  partial(place: PartialPlace): Markup;
  /** The page in the operator's template; `undefined` without a template that shows both parts. */
  page(parts: PageParts): string | undefined;
  /** The path of the style sheet, which has the look of the login's organization. */
  readonly stylesheet: string;
  /** The address of the icon in the browser's tab. */
  readonly icon: string | undefined;
  /** The sources that the operator's HTML on the page needs, once the page is rendered. */
  sources(): PageSources;
}

/** A screen, with what it is shown for. */
export interface ScreenRequest {
  readonly prompt: string;
  readonly screen: string;
  readonly client?: ClientRecord | undefined;
  readonly organization?: OrganizationRecord | undefined;
  /** The user, on screens after the sign-in. */
  readonly user?: UserRecord | undefined;
  /** The `ui_locales` of the application. */
  readonly locales?: string | undefined;
  /** Placeholders of the screen's texts, beside `${clientName}` and `${companyName}`. */
  readonly variables?: Readonly<Record<string, string>>;
}

const TEMPLATE = { kind: '/branding/templates/universal-login' };

/**
 * Reads the custom text, the partials and the page template for a screen. The language is the first that the application or the browser asks for and
 * the tenant has enabled, or else the tenant's default.
 *
 * @param ctx the request of the browser; `undefined` for a page that no browser has asked for
 * @example
 * screenContent(store, ctx, { prompt: 'login', screen: 'login', client }).text('title');
 * @see https://auth0.com/docs/customize/login-pages/universal-login/customize-text-elements
 * @see https://auth0.com/docs/customize/login-pages/universal-login/customize-signup-and-login-prompts
 * @see https://auth0.com/docs/customize/login-pages/universal-login/customize-templates
 */
export function screenContent(store: Store, ctx: WebContext | undefined, request: ScreenRequest): ScreenContent {
  const { prompt, screen, client } = request;
  const tenant = objectOf(store.settings.get('tenant_settings'));
  const branding = brandingOf(store);
  const language = languageOf(requestedLanguages(ctx, request), tenant.enabled_locales);
  const stored = (path: string, id: string) =>
    objectOf(objectOf(store.records.find({ kind: path }, id)?.members.value)[screen]);
  const texts = stored('/prompts/{prompt}/custom-text/{language}', `${prompt}/${language}`);
  const partials = stored('/prompts/{prompt}/partials', prompt);
  const variables: Readonly<Record<string, string>> = {
    clientName: client?.name ?? '',
    companyName: String(tenant.friendly_name ?? ''),
    ...request.variables,
  };
  const html = openOperatorHtml();
  const look = objectOf(request.organization?.branding);
  const values = () => ({ ...valuesOf(request, tenant, branding, texts), locale: language });
  return {
    icon: iconOf(branding),
    stylesheet: stylesheetOf(request.organization),
    sources: () => merged(html.sources(), brandingSources(look)),
    text(key) {
      const text = texts[key];
      if (typeof text !== 'string' || text === '') return undefined;
      return text.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) =>
        Object.hasOwn(variables, name) ? String(variables[name]) : placeholder,
      );
    },
    partial(place) {
      const partial = partials[place];
      const rendered = typeof partial === 'string' ? rendering(partial, values()) : undefined;
      // A login goes on without a partial that cannot be rendered.
      return rendered === undefined ? markup`` : trustedMarkup(html.allow(rendered));
    },
    page(parts) {
      const template = objectOf(store.records.find(TEMPLATE, '')?.members.value).body;
      if (typeof template !== 'string') return undefined;
      const places = { head: placeholder(), widget: placeholder() };
      const rendered = rendering(template, { ...values(), auth0: places });
      // A page without its form would let no user in.
      if (rendered === undefined || !rendered.includes(places.head) || !rendered.includes(places.widget))
        return undefined;
      return html
        .allow(rendered)
        .replace(places.head, () => parts.head)
        .replace(places.widget, () => parts.widget);
    },
  };
}

/** The path of the style sheet for the pages of an organization. */
function stylesheetOf(organization: OrganizationRecord | undefined): string {
  return organization?.branding === undefined ? stylesheetPath : `${stylesheetPath}?organization=${organization.id}`;
}

function merged(one: PageSources, other: PageSources): PageSources {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, [...(one[name] ?? []), ...(other[name] ?? [])]]));
}

/** A text that no template has, where a part of the page goes. */
function placeholder(): string {
  return `<!-- ${crypto.randomUUID()} -->`;
}

function rendering(template: string, values: JsonObject): string | undefined {
  try {
    return renderLiquid(template, values);
  } catch {
    return undefined;
  }
}

/** The values that a template can name, as on Auth0. */
function valuesOf(
  { prompt, screen, client, organization, user }: ScreenRequest,
  tenant: JsonObject,
  branding: JsonObject,
  texts: JsonObject,
): JsonObject {
  const { friendly_name = '', support_email = '', support_url = '', enabled_locales = ['en'] } = tenant;
  return {
    ...(client && {
      application: {
        id: client.client_id,
        name: client.name,
        logo_url: client.other.logo_uri ?? '',
        metadata: { ...client.client_metadata },
      },
    }),
    branding: { logo_url: branding.logo_url ?? '', colors: objectOf(branding.colors) },
    tenant: { friendly_name, support_email, support_url, enabled_locales },
    prompt: { name: prompt, screen: { name: screen, texts } },
    ...(organization && {
      organization: {
        id: organization.id,
        name: organization.name,
        display_name: organization.display_name ?? organization.name,
        branding: organization.branding ?? {},
        metadata: { ...organization.metadata },
      },
    }),
    ...(user && { user: { user_id: user.user_id, ...userValues(user) } }),
  };
}

function requestedLanguages(ctx: WebContext | undefined, { locales }: ScreenRequest): readonly string[] {
  const language = ctx === undefined ? undefined : requestInfo(ctx).language;
  return [...wordsOf(locales), ...(language === undefined ? [] : [language])];
}

function languageOf(requested: readonly string[], enabled: unknown): string {
  const known = Array.isArray(enabled) && enabled.length > 0 ? enabled.map(String) : ['en'];
  const found = requested.flatMap((language) =>
    known.filter((other) => other === language || other === language.split('-')[0]),
  );
  return found[0] ?? known[0] ?? 'en';
}
