import { raw } from 'hono/html';
import type { ScreenContent } from '../screen-content.ts';
import { type Page, quotedName } from './document.ts';
import { type Markup, markup } from './markup.ts';

export interface LogoutConfirmView {
  /** The HTML of the form. It is trusted and goes into the page unescaped. */
  readonly formMarkup: string;
  /** The id of that form. */
  readonly formId: string;
  readonly applicationName?: string | undefined;
  readonly content: ScreenContent;
}

/**
 * Asks whether to log out, as Auth0 does if `/oidc/logout` has no valid `id_token_hint`: another page could have sent the
 * browser there.
 *
 * @example
 * logoutConfirmPage({ formMarkup: form, formId: 'op.logoutForm', content });
 * @see Auth0 docs: "Use the OIDC Endpoint to Log Users Out of Auth0".
 */
export function logoutConfirmPage(view: LogoutConfirmView): Page {
  const { text } = view.content;
  return {
    screen: view.content,
    title: text('pageTitle') ?? 'Log out',
    heading: text('title') ?? 'Log out?',
    introduction: markup`<p>${text('description') ?? question(view)}</p>`,
    body: markup`${raw(view.formMarkup)}
<button class="primary" type="submit" form="${view.formId}" name="logout" value="yes" autofocus>${text('acceptButtonText') ?? 'Yes, log out'}</button>
<button class="secondary" type="submit" form="${view.formId}">${text('declineButtonText') ?? 'No, stay signed in'}</button>`,
  };
}

function question({ applicationName }: LogoutConfirmView): Markup {
  return applicationName === undefined
    ? markup`You will be signed out of this tenant.`
    : markup`${quotedName(applicationName)} asks to sign you out of this tenant.`;
}

/**
 * The page after a logout that names no page to return to.
 *
 * @example
 * loggedOutPage(screenContent(store, ctx, { prompt: 'logout', screen: 'logout-complete' }));
 */
export function loggedOutPage(content: ScreenContent): Page {
  return {
    screen: content,
    title: 'Logged out',
    heading: 'You are logged out',
    body: markup`<p>You can close this window.</p>`,
  };
}
