import { randomBytes } from 'node:crypto';
import { document, type Page } from '../universal-login/pages/document.ts';
import { errorPage } from './error-page.ts';
import { pageHeaders, withSources } from './page-headers.ts';
import type { OidcContext, WebContext } from './web-context.ts';

const POLICY = 'Content-Security-Policy';

/** Answers with one of the tenant's pages. */
export function showPage(ctx: WebContext | OidcContext, page: Page, status = 200): void {
  const html = document(page);
  for (const [name, value] of Object.entries(pageHeaders)) ctx.set(name, value);
  if (page.screen !== undefined) ctx.set(POLICY, withSources(pageHeaders[POLICY], page.screen.sources()));
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = html;
}

/**
 * Answers with the error page.
 *
 * @example
 * showError(ctx, { status: 400, error: 'invalid_request', description: 'The login has ended.' });
 * @see Auth0 docs: "Customize Error Pages".
 */
export function showError(
  ctx: WebContext | OidcContext,
  problem: {
    readonly status: number;
    readonly error: string;
    readonly description: string;
    readonly clientName?: string;
  },
): void {
  const { status, ...view } = problem;
  showPage(ctx, errorPage({ ...view, trackingId: randomBytes(10).toString('hex') }), status);
}

/** Redirects the browser. */
export function redirectBrowser(ctx: WebContext, location: string): void {
  ctx.set('cache-control', 'no-store');
  ctx.set('referrer-policy', 'same-origin');
  ctx.status = 302;
  ctx.redirect(location);
}
