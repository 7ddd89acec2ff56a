import { html } from 'hono/html';
import type { Application } from '../application.ts';
import { refusalSentence } from '../refusal-sentence.ts';
import { layout, type Markup } from './layout.ts';

/**
 * The page for refused users: shows the reason, and a button to continue that the user has to press.
 *
 * @param query the parameters of the address; an unknown reason gives a neutral sentence
 * @param notification the provider's message, if the browser came here from the callback
 */
export function landingPage(
  app: Application,
  query: Pick<URLSearchParams, 'get'>,
  notification: string | null,
): Markup {
  const content = html`<section class="narrow">
      <p class="badge refused">Not let in</p>
      <h1>You cannot come in with this account</h1>
      <p class="lead" id="reason">${refusalSentence(query, app.settings.options.ruleSentences)}</p>
      ${notificationBox(notification)}
      <p><a class="button" id="sign-in-again" href="${app.addresses.page('home')}">Sign in as another user</a></p>
      <p class="dim">You have no session in this application any more. If you think that this is a mistake, ask
      the owner of the application to let you in.</p>
    </section>`;
  return layout(app, { title: 'Not let in', content });
}

/** @param stillSignedIn whether the browser has a session after all, for example after a link of another session */
export function signedOutPage(app: Application, stillSignedIn: boolean): Markup {
  const content = stillSignedIn
    ? html`<section class="narrow">
      <h1>You are still signed in</h1>
      <p class="lead">The session that this link was meant for is not the one you have.</p>
      <p><a class="button" href="${app.addresses.page('home')}">Back to the application</a></p>
    </section>`
    : html`<section class="narrow">
      <p class="badge">Goodbye</p>
      <h1>You are signed out</h1>
      <p class="lead">Your session in this application is closed.</p>
      <p><a class="button" id="sign-in-again" href="${app.addresses.page('home')}">Sign in</a></p>
    </section>`;
  return layout(app, { title: 'Signed out', content });
}

/** The built-in login page: one button for each scheme that can be switched to. */
export function loginPage(app: Application, notification: string | null): Markup {
  const { attributes } = app.settings;
  const schemes = [
    ...(attributes.switchInSession ? [attributes.schemeName] : []),
    ...attributes.switchableSchemes.map(({ name }) => name),
  ];
  const content = html`<section class="narrow">
      <h1>Sign in</h1>
      ${notificationBox(notification)}
      ${schemes.length === 0 ? html`<p class="lead">No authentication scheme can be chosen here.</p>` : ''}
      <ul class="plain">
        ${schemes.map(
          (name) => html`<li><a class="button" data-scheme="${name}"
            href="${app.addresses.page('home', { request: `APEX_AUTHENTICATION=${name}` })}">Sign in with ${name}</a></li>`,
        )}
      </ul>
    </section>`;
  return layout(app, { title: 'Sign in', content });
}

function notificationBox(notification: string | null): Markup | '' {
  if (notification === null) return '';
  return html`<div class="notification" role="alert" id="notification">
        <strong>The sign-in service said:</strong> <span class="break">${notification}</span>
      </div>`;
}
