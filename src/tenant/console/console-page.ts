import { markup } from '../authentication/universal-login/pages/markup.ts';
import type { ConsoleSite } from './console-site.ts';

/** What the console needs to know of the tenant that it is on. */
export interface ConsoleSettings {
  /** The domain that it is served on, with a slash at its end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Names of the documents that this tenant has beside its Management API. */
  readonly documents: readonly string[];
}

/**
 * The one page of the console. Its script puts everything else in the place of what is shown first.
 *
 * @param nonce of this answer alone: the editor makes style sheets as it goes, and only those that carry it are taken
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
<link rel="stylesheet" href="${asset(site.stylesheet)}">
<link rel="icon" href="data:,">
${site.preloaded.map((name) => markup`<link rel="modulepreload" href="${asset(name)}">`)}
<script type="module" src="${asset(site.script)}"></script>
</head>
<body>
<div id="console">
<main class="card">
<h1>Console of the local tenant</h1>
<p role="status">Loading…</p>
</main>
</div>
<noscript>The console is made by a script. Allow scripts for this address, which is on your own machine.</noscript>
</body>
</html>
`.toString();
}

/** No script but its own, no style but its own and the editor's, no frame, nothing from elsewhere. */
export function consolePageHeaders(nonce: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "connect-src 'self'",
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
