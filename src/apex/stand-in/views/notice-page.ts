import { html } from 'hono/html';
import type { Application } from '../application.ts';
import type { AuthorizationScheme } from '../authorization-scheme.ts';
import { terminalSafe } from '../stand-in-event.ts';
import { layout, type Markup, type Viewer } from './layout.ts';

interface Notice {
  readonly badge: string;
  readonly title: string;
  readonly message: Markup | string;
  readonly code?: string;
  readonly action?: string;
  readonly viewer?: Viewer;
}

/** The page for a user who does not pass a page's authorization scheme: the scheme's message, and no redirect. */
export function forbiddenPage(app: Application, scheme: AuthorizationScheme, viewer: Viewer | undefined): Markup {
  return notice(app, {
    badge: '403',
    title: 'Access denied',
    message: html`<span id="scheme-message">${scheme.message}</span>`,
    code: `Authorization scheme: ${scheme.name}`,
    action: 'Back to the home page',
    ...(viewer === undefined ? {} : { viewer }),
  });
}

/** The response to a state that is forged, foreign, used or too old. */
export function sessionExpiredPage(app: Application): Markup {
  return notice(app, {
    badge: 'Session',
    title: 'Your session has expired',
    message: 'This sign-in belongs to no session of yours. No user was signed in. Start again.',
    action: 'Start again',
  });
}

/** The PL/SQL gateway's response to a parameter that the procedure does not have. */
export function gatewayErrorPage(app: Application, parameter: string): Markup {
  return notice(app, {
    badge: '404',
    title: 'Not found',
    message: html`The gateway knows no procedure <code>apex_authentication.callback</code> with these parameters:
      <code class="break" id="parameter">${terminalSafe(parameter).slice(0, 60)}</code> is not one of its own, or comes twice.`,
    code: 'unknown_callback_parameter',
    action: 'Start again',
  });
}

/**
 * The page for a response of the provider that could not be used. No user is signed in, and nothing is retried automatically.
 *
 * @param code stable, for finding the cause
 */
export function signInErrorPage(app: Application, code: string, message: string): Markup {
  return notice(app, { badge: 'Error', title: 'The sign-in did not succeed', message, code, action: 'Try again' });
}

export function notFoundPage(app: Application): Markup {
  return notice(app, {
    badge: '404',
    title: 'Not found',
    message: 'The application has no such page.',
    action: 'Go to the home page',
  });
}

export function methodNotAllowedPage(app: Application): Markup {
  return notice(app, { badge: '405', title: 'Not allowed', message: 'This address can only be opened in a browser.' });
}

/** The page for another host name of this machine: cookies and the callback belong to one host name. */
export function misdirectedPage(app: Application): Markup {
  return notice(app, {
    badge: '421',
    title: 'Wrong address',
    message: html`The application is at <a href="${app.addresses.page('home')}">${app.addresses.origin}</a>.`,
  });
}

export function internalErrorPage(app: Application): Markup {
  return notice(app, {
    badge: '500',
    title: 'Something went wrong',
    message: 'The stand-in could not answer. No user was signed in.',
    code: 'internal_error',
    action: 'Start again',
  });
}

function notice(app: Application, { badge, title, message, code, action, viewer }: Notice): Markup {
  const content = html`<section class="narrow">
      <p class="badge refused">${badge}</p>
      <h1>${title}</h1>
      <p class="lead">${message}</p>
      ${code === undefined ? '' : html`<p class="dim"><code id="code">${code}</code></p>`}
      ${action === undefined ? '' : html`<p><a class="button" href="${app.addresses.page('home')}">${action}</a></p>`}
    </section>`;
  return layout(app, { title, content, ...(viewer === undefined ? {} : { viewer }) });
}
