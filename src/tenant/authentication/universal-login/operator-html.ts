import { createHash, randomBytes } from 'node:crypto';

/** Sources that a page may load from, by the directive of the Content Security Policy. */
export type PageSources = Readonly<Record<string, readonly string[]>>;

/** HTML that the tenant's operator wrote, and the sources that the page with it needs. Scripts in it never run. */
export interface OperatorHtml {
  /** The HTML, with a nonce in its style elements. */
  allow(html: string): string;
  /** The sources that the HTML of all calls needs. */
  sources(): PageSources;
}

const elements = /<(link|img|source|input|video|image)\b[^>]*>/gi;
const addresses = /\b(?:href|src|srcset|poster)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const styleAttributes = /\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const styleElements = /<style\b[^>]*>([\s\S]*?)<\/style>/gi;
const imports = /@import\s+(?:url\()?\s*["']?([^"')\s;]+)/gi;
const cssAddresses = /url\(\s*["']?([^"')\s]+)/gi;
/** The style sheets of the first name files of the second. */
const webFonts = ['https://fonts.googleapis.com', 'https://fonts.gstatic.com'] as const;

/**
 * Opens a page for the operator's HTML: its own styles apply, and it loads pictures, fonts and style sheets from the addresses that it names.
 *
 * @example
 * const html = openOperatorHtml();
 * html.allow('<style>body { color: red; }</style>'); // '<style nonce="…">…'
 * html.sources(); // { 'style-src': ["'nonce-…'"] }
 */
export function openOperatorHtml(): OperatorHtml {
  const nonce = randomBytes(16).toString('base64url');
  const found: Record<string, Set<string>> = {};
  const add = (directive: string, source: string | undefined) => {
    if (source === undefined) return;
    found[directive] ??= new Set();
    found[directive].add(source);
  };
  const addStyles = (css: string) => {
    for (const [, address] of css.matchAll(imports)) add('style-src', originOf(address));
    for (const [, address] of css.matchAll(cssAddresses)) {
      add('img-src', originOf(address));
      add('font-src', originOf(address));
    }
  };
  return {
    allow(html) {
      for (const [element, name = ''] of html.matchAll(elements)) {
        for (const [, one, other] of element.matchAll(addresses)) {
          if (name.toLowerCase() === 'link') add('style-src', originOf(one ?? other));
          add('img-src', originOf(one ?? other));
        }
      }
      for (const [, css = ''] of html.matchAll(styleElements)) {
        add('style-src', `'nonce-${nonce}'`);
        addStyles(css);
      }
      for (const [, one, other] of html.matchAll(styleAttributes)) {
        const style = withoutEntities(one ?? other ?? '');
        add('style-src', "'unsafe-hashes'");
        add('style-src', `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
        addStyles(style);
      }
      if (found['style-src']?.has(webFonts[0])) add('font-src', webFonts[1]);
      return html.replaceAll(/<style\b/gi, `$& nonce="${nonce}"`);
    },
    sources: () => Object.fromEntries(Object.entries(found).map(([directive, sources]) => [directive, [...sources]])),
  };
}

function originOf(address: string | undefined): string | undefined {
  const url = URL.parse(address ?? '');
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.origin : undefined;
}

function withoutEntities(value: string): string {
  return value
    .replaceAll('&quot;', '"')
    .replaceAll(/&#0?39;|&apos;/g, "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
