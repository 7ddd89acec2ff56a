import { type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import type { PageSources } from './operator-html.ts';

const HEX = /^#([\da-f]{3}|[\da-f]{6})$/i;

/**
 * The colours, the logo and the font of the tenant's branding, to follow the style sheet of its pages. A text on a colour is black or white, whichever
 * can be read better.
 *
 * @returns no rule for a colour that was not set
 * @see https://auth0.com/docs/api/management/v2/branding/patch-branding
 * @example
 * brandingCss({ colors: { primary: '#00ff00' } }) // ':root { --accent: #00ff00; … }'
 */
export function brandingCss(branding: JsonObject): string {
  const { primary, page_background } = objectOf(branding.colors);
  const accent = hexOf(primary);
  const page = hexOf(page_background) ?? hexOf(objectOf(page_background).start);
  const logo = addressOf(branding.logo_url);
  const font = addressOf(objectOf(branding.font).url);
  const background = gradientOf(objectOf(page_background)) ?? page;
  return [
    accent && `:root { --accent: ${accent}; --accent-strong: ${accent}; --on-accent: ${textOn(accent)}; }`,
    // A link stands on the card, where any colour may be too pale: the line below it is in the colour instead.
    accent && `.card a { color: var(--ink); text-decoration-color: ${accent}; }`,
    background && `body { background: ${background}; }`,
    logo && `.gate { display: none; } main.card > header::before { ${logoBox} background-image: url("${logo}"); }`,
    font &&
      `@font-face { font-family: branding; src: url("${font}"); } body, button, input { font-family: branding, sans-serif; }`,
    page && `body > footer, body > footer strong { color: ${textOn(page)}; }`,
  ]
    .filter((rule) => rule !== undefined)
    .map((rule) => `${rule}\n`)
    .join('');
}

const logoBox =
  "content: ''; display: block; height: 52px; margin-bottom: 16px; background: center / contain no-repeat;";

/**
 * The sources that a page with this branding loads from, to follow its Content Security Policy.
 *
 * @example
 * brandingSources({ logo_url: 'https://shop.example/logo.png' }) // { 'img-src': ['https://shop.example'] }
 */
export function brandingSources(branding: JsonObject): PageSources {
  const pictures = [addressOf(branding.logo_url), iconOf(branding)].filter((one) => one !== undefined);
  const font = addressOf(objectOf(branding.font).url);
  return {
    ...(pictures.length > 0 && { 'img-src': [...new Set(pictures.map((one) => new URL(one).origin))] }),
    ...(font !== undefined && { 'font-src': [new URL(font).origin] }),
  };
}

/** The icon in the browser's tab. */
export function iconOf(branding: JsonObject): string | undefined {
  return addressOf(branding.favicon_url);
}

/** The branding of a tenant, as the Management API stores it. */
export function brandingOf(store: Store): JsonObject {
  return objectOf(store.records.find({ kind: '/branding' }, '')?.members.value);
}

function gradientOf({ type, start, end, angle_deg }: JsonObject): string | undefined {
  const [from, to] = [hexOf(start), hexOf(end)];
  if (type !== 'linear-gradient' || from === undefined || to === undefined) return undefined;
  return `linear-gradient(${typeof angle_deg === 'number' ? angle_deg : 180}deg, ${from}, ${to})`;
}

/** The address in the form of the URL standard, which has no character that ends a `url("…")`. */
export function addressOf(value: JsonValue | undefined): string | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href.replaceAll("'", '%27') : undefined;
}

export function hexOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && HEX.test(value) ? value : undefined;
}

/** A text on a colour of three or six digits: black or white, by the relative luminance of the colour (WCAG 2.2). */
export function textOn(color: string): string {
  const digits = color.length === 4 ? color.slice(1).replace(/./g, '$&$&') : color.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
