import { raw } from 'hono/html';
import type { ScreenContent } from '../screen-content.ts';
import { type Markup, markup } from './markup.ts';
import { stylesheetPath } from './universal-login-stylesheet.ts';

/** A page of the tenant. */
export interface Page {
  /** Plain text, for the browser's tab. */
  readonly title: string;
  readonly heading: string;
  /** Below the heading. */
  readonly introduction?: Markup | undefined;
  readonly body: Markup;
  /** The operator's changes to a screen of Universal Login. Other pages have none. */
  readonly screen?: ScreenContent | undefined;
}

/**
 * A complete page: a card, marked as a local tenant's, with one style sheet and no script. Screens of Universal Login stand in the
 * operator's page template if there is one, and all other pages in the middle.
 *
 * @returns an HTML document.
 * @example
 * document({ title: 'Log in', heading: 'Welcome', body: markup`<form>…</form>` });
 */
export function document(page: Page): string {
  const head = headOf(page).toString();
  const inTemplate = page.screen?.page({ head, widget: card(page, markup`<p class="hint">${mark}</p>`).toString() });
  if (inTemplate !== undefined) return inTemplate;
  const whole = markup`<!DOCTYPE html>
<html lang="en">
<head>
${raw(head)}
</head>
<body class="_widget-auto-layout">
${card(page)}
<footer>${mark}</footer>
</body>
</html>
`;
  return whole.toString();
}

function headOf({ title, screen }: Page): Markup {
  return markup`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${screen?.stylesheet ?? stylesheetPath}">
<link rel="icon" href="${screen?.icon ?? 'data:,'}">`;
}

function card({ heading, introduction, body }: Page, end: Markup | '' = ''): Markup {
  return markup`<main class="card">
<header>
${gate}
<h1>${heading}</h1>
${introduction ?? ''}
</header>
${body}
${end}
</main>`;
}

/** The name of an application or a user within a sentence. It cannot change the direction of the text around it. */
export function quotedName(name: string): Markup {
  return markup`<bdi class="name">${name}</bdi>`;
}

/** The sentence that begins an introduction for a user who follows an invitation. */
export function invitation(organization: string | undefined): Markup | '' {
  return organization === undefined ? '' : markup`You are invited to ${quotedName(organization)}. `;
}

const mark = markup`<strong>Local tenant — not Auth0.</strong> Portcullis runs it on this machine, for development and tests.`;

const gate = markup`<svg class="gate" viewBox="0 0 32 32" width="40" height="40" aria-hidden="true" focusable="false">
<path d="M4 28V14a12 12 0 0 1 24 0v14" fill="none" stroke="currentColor" stroke-width="2.5"/>
<path d="M10 8v17l1 3 1-3V6M15 3v22l1 3 1-3V3M20 6v19l1 3 1-3V8M5 13h22M5 20h22" fill="none" stroke="currentColor" stroke-width="1.6"/>
</svg>`;
