import { type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { addressOf, hexOf, textOn } from './branding-css.ts';
import type { PageSources } from './operator-html.ts';

const COLOR = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;

/** A declaration of a rule, if its value is known. */
type Declaration = readonly [property: string, value: string | undefined];

/**
 * The tenant's theme, to follow the style sheet of its pages and the rules of its branding. A theme has one set of colours, so the pages are
 * light.
 *
 * @returns nothing for an empty theme
 * @see https://auth0.com/docs/api/management/v2/branding/post-branding-theme
 * @example
 * themeCss({ colors: { primary_button: '#0b7a75' } }) // ':root { color-scheme: light; --accent: #0b7a75; … }'
 */
export function themeCss(theme: JsonObject): string {
  if (Object.keys(theme).length === 0) return '';
  return [...colorRules(theme), ...borderRules(theme), ...fontRules(theme), ...layoutRules(theme)]
    .filter((rule) => rule !== undefined)
    .map((rule) => `${rule}\n`)
    .join('');
}

/** The sources that a page with this theme loads from, to follow its Content Security Policy. */
export function themeSources(theme: JsonObject): PageSources {
  const { background_image_url } = objectOf(theme.page_background);
  const pictures = [objectOf(theme.widget).logo_url, background_image_url].map(addressOf);
  const font = addressOf(objectOf(theme.fonts).font_url);
  return {
    'img-src': pictures.flatMap((one) => (one === undefined ? [] : [new URL(one).origin])),
    ...(font !== undefined && { 'font-src': [new URL(font).origin] }),
  };
}

/** The theme of a tenant: its first one, as the Management API's default. */
export function themeOf(store: Store): JsonObject {
  return store.records.at({ kind: '/branding/themes' })[0]?.members ?? {};
}

function colorRules({ colors, page_background }: JsonObject): (string | undefined)[] {
  const { primary_button, primary_button_label, secondary_button_border, secondary_button_label } = objectOf(colors);
  const { widget_background, widget_border, body_text, header, error, base_focus_color, base_hover_color } =
    objectOf(colors);
  const { input_background, input_border, input_filled_text, input_labels_placeholders, links_focused_components } =
    objectOf(colors);
  const { background_color, background_image_url } = objectOf(page_background);
  const image = addressOf(background_image_url);
  const page = hexOf(background_color);
  return [
    rule(':root', [
      ['color-scheme', 'light'],
      ['--accent', colorOf(primary_button)],
      ['--accent-strong', colorOf(base_hover_color) ?? colorOf(primary_button)],
      ['--on-accent', colorOf(primary_button_label)],
      ['--card', colorOf(widget_background)],
      ['--hairline', colorOf(widget_border)],
      ['--ink', colorOf(body_text)],
      ['--quiet', colorOf(body_text)],
      ['--line', colorOf(input_border)],
      ['--danger', colorOf(error)],
    ]),
    rule('body', [
      ['background', colorOf(background_color)],
      ['background-image', image && `url("${image}")`],
      ['background-position', image && 'center'],
      ['background-size', image && 'cover'],
    ]),
    rule('body > footer, body > footer strong', [['color', page && textOn(page)]]),
    rule('.card h1', [['color', colorOf(header)]]),
    rule('.card a', [
      ['color', colorOf(links_focused_components)],
      ['text-decoration-color', colorOf(links_focused_components)],
    ]),
    rule('.card label', [['color', colorOf(input_labels_placeholders)]]),
    rule('.card .input', [
      ['background', colorOf(input_background)],
      ['color', colorOf(input_filled_text)],
    ]),
    rule('.card .secondary', [
      ['border-color', colorOf(secondary_button_border)],
      ['color', colorOf(secondary_button_label)],
    ]),
    rule('.card :focus-visible', [['outline-color', colorOf(base_focus_color)]]),
  ];
}

function borderRules({ borders }: JsonObject): (string | undefined)[] {
  const { button_border_radius, button_border_weight, buttons_style } = objectOf(borders);
  const { input_border_radius, input_border_weight, inputs_style } = objectOf(borders);
  const { show_widget_shadow, widget_border_weight, widget_corner_radius } = objectOf(borders);
  return [
    rule('.card', [
      ['border-width', pixels(widget_border_weight)],
      ['border-radius', pixels(widget_corner_radius)],
      ['box-shadow', show_widget_shadow === false ? 'none' : undefined],
    ]),
    rule('.card button', [
      ['border-radius', radiusOf(buttons_style, button_border_radius)],
      ['border-width', pixels(button_border_weight)],
    ]),
    rule('.card .input', [
      ['border-radius', radiusOf(inputs_style, input_border_radius)],
      ['border-width', pixels(input_border_weight)],
    ]),
  ];
}

function fontRules({ fonts }: JsonObject): (string | undefined)[] {
  const { font_url, reference_text_size, title, subtitle, body_text, buttons_text, input_labels, links, links_style } =
    objectOf(fonts);
  const font = addressOf(font_url);
  return [
    font &&
      `@font-face { font-family: theme; src: url("${font}"); } body, button, input { font-family: theme, sans-serif; }`,
    rule('.card', [
      ['--text', pixels(reference_text_size)],
      ['font-size', pixels(reference_text_size)],
    ]),
    rule('.card h1', textOf(title)),
    rule('.card > header p', textOf(subtitle)),
    rule('.card .alternative, .card .hint', textOf(body_text)),
    rule('.card button', textOf(buttons_text)),
    rule('.card label', textOf(input_labels)),
    rule('.card a', [
      ...textOf(links),
      ['text-decoration-line', links_style === undefined ? undefined : links_style === 'normal' ? 'none' : 'underline'],
    ]),
  ];
}

function layoutRules({ widget, page_background }: JsonObject): (string | undefined)[] {
  const { header_text_alignment, logo_height, logo_position, logo_url } = objectOf(widget);
  const logo = addressOf(logo_url);
  const side = { left: 'flex-start', right: 'flex-end' }[String(objectOf(page_background).page_layout)];
  const hasLogo = logo_position !== 'none';
  return [
    rule('.card > header', [['text-align', sideOf(header_text_alignment)]]),
    hasLogo ? logo && '.gate { display: none; }' : '.gate, main.card > header::before { display: none; }',
    rule('main.card > header::before', [
      ['content', logo && "''"],
      ['display', logo && hasLogo ? 'block' : undefined],
      ['height', pixels(logo_height)],
      ['margin-bottom', logo && '16px'],
      ['background', logo && `${sideOf(logo_position) ?? 'center'} / contain no-repeat url("${logo}")`],
    ]),
    rule('body._widget-auto-layout', [
      ['align-items', side],
      ['padding-inline', side && '8vw'],
    ]),
  ];
}

function rule(selector: string, declarations: readonly Declaration[]): string | undefined {
  const known = declarations.filter(([, value]) => value !== undefined);
  if (known.length === 0) return undefined;
  return `${selector} { ${known.map(([property, value]) => `${property}: ${value};`).join(' ')} }`;
}

function colorOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && COLOR.test(value) ? value : undefined;
}

function pixels(value: JsonValue | undefined): string | undefined {
  return typeof value === 'number' ? `${value}px` : undefined;
}

function radiusOf(style: JsonValue | undefined, radius: JsonValue | undefined): string | undefined {
  if (style === 'pill') return '999px';
  return style === 'sharp' ? '0' : pixels(radius);
}

function sideOf(value: JsonValue | undefined): string | undefined {
  return ['left', 'center', 'right'].find((side) => side === value);
}

/** Sizes are parts of the reference size, in percent. */
function textOf(text: JsonValue | undefined): Declaration[] {
  const { bold, size } = objectOf(text);
  return [
    ['font-size', typeof size === 'number' && size > 0 ? `calc(var(--text, 1rem) * ${size / 100})` : undefined],
    ['font-weight', typeof bold === 'boolean' ? (bold ? '700' : '400') : undefined],
  ];
}
