import { raw } from 'hono/html';
import { document, quotedName } from './document.ts';
import { markup } from './markup.ts';

export interface LogoutConfirmView {
  /** The HTML of the form. It is trusted and goes into the page unescaped. */
  readonly formMarkup: string;
  /** The id of that form. */
  readonly formId: string;
  readonly applicationName?: string | undefined;
}

/**
 * Asks whether to log out, as Auth0 does if `/oidc/logout` has no valid `id_token_hint`: another page could have sent the
 * browser there.
 *
 * @returns an HTML document.
 * @example
 * logoutConfirmPage({ formMarkup: form, formId: 'op.logoutForm' });
 * @see Auth0 docs: "Use the OIDC Endpoint to Log Users Out of Auth0".
 */
export function logoutConfirmPage(view: LogoutConfirmView): string {
  return document({
    title: 'Log out',
    heading: 'Log out?',
    introduction:
      view.applicationName === undefined
        ? markup`<p>You will be signed out of this tenant.</p>`
        : markup`<p>${quotedName(view.applicationName)} asks to sign you out of this tenant.</p>`,
    body: markup`${raw(view.formMarkup)}
<button class="primary" type="submit" form="${view.formId}" name="logout" value="yes" autofocus>Yes, log out</button>
<button class="secondary" type="submit" form="${view.formId}">No, stay signed in</button>`,
  });
}

/**
 * The page after a logout that names no page to return to.
 *
 * @returns an HTML document.
 * @example
 * loggedOutPage();
 */
export function loggedOutPage(): string {
  return document({
    title: 'Logged out',
    heading: 'You are logged out',
    body: markup`<p>You can close this window.</p>`,
  });
}
