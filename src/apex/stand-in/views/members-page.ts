import { html } from 'hono/html';
import type { Application } from '../application.ts';
import { layout, type Markup, type Viewer } from './layout.ts';

/** A page that an authorization scheme protects, for a user who passes it. */
export function membersPage(app: Application, viewer: Viewer): Markup {
  const content = html`<h1>Members</h1>
    <p class="lead">Only users who pass this page’s authorization scheme see it. You do.</p>
    <section class="card" aria-labelledby="organization-title">
      <h2 id="organization-title">Your organisation</h2>
      <p id="organization">${viewer.user.organization ?? 'none'}</p>
    </section>`;
  return layout(app, { title: 'Members', page: 'members', viewer, content });
}
