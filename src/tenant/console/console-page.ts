import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import { markup } from '../authentication/universal-login/pages/markup.ts';
import type { ConsoleSite } from './console-site.ts';

/** Settings that the console needs from its tenant. */
export interface ConsoleSettings {
  /** The domain that serves the console, with a slash at its end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Names of the documents that this tenant has beside its Management API. */
  readonly documents: readonly string[];
}

/** The mark of Portcullis, the same drawing as the console's own. */
const shape =
  'M3 29.5V15a13 13 0 0 1 26 0v14.5h-4V15a9 9 0 0 0-18 0v14.5ZM10.4 5h2v16.4l-1 2.6-1-2.6zM15 4h2v18.4l-1 2.6-1-2.6zM19.6 5h2v16.4l-1 2.6-1-2.6zM7 11h18v2H7zM7 16.5h18v2H7z';
const logo = markup`<svg class="logo" width="40" height="40" viewBox="0 0 32 32" fill="currentColor" aria-hidden="true"><path d="${shape}"/></svg>`;
const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="#5b68dd"><path d="${shape}"/></svg>`,
)}`;

/**
 * The single page of the console. Its script replaces the initial content, which the browser paints before it loads anything else.
 *
 * @param nonce new for each answer: the editor adds style sheets at run time, and the browser accepts only those with the nonce
 */
export function consolePage(site: ConsoleSite, settings: ConsoleSettings, nonce: string): string {
  const asset = (name: string) => `/console/assets/${name}`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="portcullis-console" content="${JSON.stringify(settings)}" nonce="${nonce}">
<title>Console of the local tenant</title>
<style nonce="${nonce}">${raw(site.inlineStyle)}</style>
<link rel="icon" href="${icon}">
<script>${raw(site.inlineScript)}</script>
</head>
<body>
<div id="console">
<main class="card">
${logo}
<h1>Console of the local tenant</h1>
<p role="status">Loading…</p>
</main>
</div>
<link rel="preload" as="style" href="${asset(site.stylesheet)}">
${site.preloaded.map((name) => markup`<link rel="modulepreload" href="${asset(name)}">`)}
<script type="module" src="${asset(site.script)}"></script>
<noscript>The console needs JavaScript. Allow scripts for this address, which is on your own machine.</noscript>
</body>
</html>
`.toString();
}

/** Allows only the console's own scripts, its own styles and the editor's, frames for previews, and nothing from other hosts. */
export function consolePageHeaders(site: ConsoleSite, nonce: string, origin: string): Record<string, string> {
  const digest = createHash('sha256').update(site.inlineScript).digest('base64');
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'self' 'sha256-${digest}'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      `frame-src ${origin}/console/previews/`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
  };
}
