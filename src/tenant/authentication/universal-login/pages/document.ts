import { type Markup, markup } from './markup.ts';
import { stylesheetPath } from './universal-login-stylesheet.ts';

/** The content of a page of the tenant. */
export interface DocumentContent {
  /** Plain text, for the browser's tab. */
  readonly title: string;
  readonly heading: string;
  /** Below the heading. */
  readonly introduction?: Markup | undefined;
  readonly body: Markup;
}

/**
 * A complete page: a card in the middle, marked as a local tenant's, with one style sheet and no script.
 *
 * @returns an HTML document.
 * @example
 * document({ title: 'Log in', heading: 'Welcome', body: markup`<form>…</form>` });
 */
export function document(content: DocumentContent): string {
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${content.title}</title>
<link rel="stylesheet" href="${stylesheetPath}">
<link rel="icon" href="data:,">
</head>
<body>
<main class="card">
<header>
${gate}
<h1>${content.heading}</h1>
${content.introduction ?? ''}
</header>
${content.body}
</main>
<footer><strong>Local tenant — not Auth0.</strong> Portcullis runs it on this machine, for development and tests.</footer>
</body>
</html>
`;
  return page.toString();
}

/** The name of an application or a user within a sentence. It cannot change the direction of the text around it. */
export function quotedName(name: string): Markup {
  return markup`<bdi class="name">${name}</bdi>`;
}

const gate = markup`<svg class="gate" viewBox="0 0 32 32" width="40" height="40" aria-hidden="true" focusable="false">
<path d="M4 28V14a12 12 0 0 1 24 0v14" fill="none" stroke="currentColor" stroke-width="2.5"/>
<path d="M10 8v17l1 3 1-3V6M15 3v22l1 3 1-3V3M20 6v19l1 3 1-3V8M5 13h22M5 20h22" fill="none" stroke="currentColor" stroke-width="1.6"/>
</svg>`;
