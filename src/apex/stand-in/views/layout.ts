import { html } from 'hono/html';
import { LOGOUT_PATH, STYLESHEET_PATH } from '../addresses.ts';
import type { SignedInUser } from '../apex-session.ts';
import type { Application } from '../application.ts';

/** Markup whose every inserted text has been escaped. */
export type Markup = ReturnType<typeof html>;

/** The user of a protected page, and the session id for links on it. */
export interface Viewer {
  readonly id: string;
  readonly user: SignedInUser;
}

export interface Layout {
  readonly title: string;
  /** Alias of the page, to mark it in the navigation. */
  readonly page?: string;
  readonly viewer?: Viewer;
  readonly content: Markup;
}

/**
 * A whole page: the note that this is a stand-in, the application's header with navigation for a signed-in user,
 * and the content.
 *
 * @example c.html(layout(app, { title: 'Not found', content: html`<h1>Not found</h1>` }), 404)
 */
export function layout(app: Application, { title, page, viewer, content }: Layout): Markup {
  const { application } = app.settings.options;
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · ${application.name}</title>
  <link rel="stylesheet" href="${STYLESHEET_PATH}">
</head>
<body>
  <a class="skip" href="#main">Skip to content</a>
  <p class="ribbon" role="note"><strong>Stand-in</strong> This page stands in for your Oracle APEX application.</p>
  <header class="bar">
    <a class="brand" href="${app.addresses.page('home')}">${application.name}</a>
    ${viewer === undefined ? '' : navigation(app, viewer, page)}
  </header>
  <main id="main" tabindex="-1">
    ${content}
  </main>
  <footer class="foot">
    Application ${application.id} (<code>${application.workspace}/${application.alias}</code>), signing in through
    <code>${app.settings.options.issuer}</code>
  </footer>
</body>
</html>`;
}

function navigation(app: Application, viewer: Viewer, current: string | undefined): Markup {
  const session = { session: viewer.id };
  const logout = new URLSearchParams({
    p_app_id: String(app.settings.options.application.id),
    p_session_id: viewer.id,
  });
  const entries = app.settings.pages.filter((page) => !page.public);
  return html`<nav aria-label="Application">
      ${entries.map(
        (page) =>
          html`<a href="${app.addresses.page(page.alias, session)}" ${page.alias === current ? html`aria-current="page"` : ''}>${page.title}</a>`,
      )}
    </nav>
    <div class="who">
      <span class="name" title="Signed in">${viewer.user.name}</span>
      <a class="button quiet" id="sign-out" href="${`${LOGOUT_PATH}?${logout}`}">Sign out</a>
    </div>`;
}
