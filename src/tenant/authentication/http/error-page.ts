import { type Page, quotedName } from '../universal-login/pages/document.ts';
import { markup } from '../universal-login/pages/markup.ts';

export interface ErrorView {
  /** The stable code: `invalid_request`, `access_denied`, … */
  readonly error: string;
  /** The problem, for the user and for the developers of the application. */
  readonly description: string;
  readonly clientName?: string | undefined;
  /** Identifies the entry in the tenant log. */
  readonly trackingId: string;
}

/**
 * The page for errors that cannot be sent to the application, because there is no trusted callback URL.
 *
 * @example
 * errorPage({ error: 'invalid_request', description: 'Callback URL mismatch.', trackingId: 'a1b2c3' });
 * @see Auth0 docs: "Customize Error Pages".
 */
export function errorPage(view: ErrorView): Page {
  return {
    title: 'Something went wrong',
    heading: 'Something went wrong',
    introduction:
      view.clientName === undefined ? undefined : markup`<p>You were on the way to ${quotedName(view.clientName)}.</p>`,
    body: markup`<div class="alert" role="alert"><p id="error-description">${view.description}</p></div>
<p>Go back to the application and start again. If it happens again, send these details to the application's operator:</p>
<dl>
<dt>Error</dt>
<dd><code id="error-code">${view.error}</code></dd>
<dt>Tracking id</dt>
<dd><code id="error-tracking">${view.trackingId}</code></dd>
</dl>`,
  };
}
