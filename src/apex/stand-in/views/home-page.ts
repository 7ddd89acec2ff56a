import { html } from 'hono/html';
import type { SignedInUser } from '../apex-session.ts';
import type { Application } from '../application.ts';
import type { AuthorizationScheme } from '../authorization-scheme.ts';
import { isAuthorized } from '../user-authorization.ts';
import { layout, type Markup, type Viewer } from './layout.ts';

/**
 * The protected home page: the user, the roles from the claim, and the authorization schemes that pass.
 *
 * @param schemes every authorization scheme of the application
 */
export function homePage(app: Application, viewer: Viewer, schemes: readonly AuthorizationScheme[]): Markup {
  const { user } = viewer;
  const content = html`<h1>Welcome, <span class="break">${user.name}</span></h1>
    <p class="lead">You passed the identity provider, and the application has a session for you.</p>
    <div class="cards">
      ${userCard(user)}
      ${rolesCard(user, app.settings.options.claim)}
    </div>
    ${schemeTable(app, user, schemes)}
    ${claimDetails(user)}`;
  return layout(app, { title: 'Home', page: 'home', viewer, content });
}

function userCard(user: SignedInUser): Markup {
  return html`<section class="card" aria-labelledby="user-title">
        <h2 id="user-title">User</h2>
        <dl>
          <dt><code>APP_USER</code></dt><dd id="app-user">${user.name}</dd>
          <dt>Subject</dt><dd id="subject"><code>${user.subject}</code></dd>
          <dt>Organisation <code>G_ORG</code></dt><dd id="organization">${user.organization ?? html`<span class="dim">none</span>`}</dd>
          <dt>Authentication scheme</dt><dd>${user.scheme}</dd>
        </dl>
      </section>`;
}

function rolesCard(user: SignedInUser, claim: string): Markup {
  return html`<section class="card" aria-labelledby="roles-title">
        <h2 id="roles-title">Roles</h2>
        <p class="dim">From the claim <code class="break">${claim}</code></p>
        ${
          user.groups.length === 0
            ? html`<p id="no-roles">No roles. ${emptyReason(user.claimShape)}</p>`
            : html`<ul class="chips" id="roles">${user.groups.map((role) => html`<li data-role="${role}">${role}</li>`)}</ul>`
        }
        ${
          user.claimShape === 'text'
            ? html`<p class="warning" role="note">The claim is a single text, not a list. PL/SQL that counts its elements
              fails on it.</p>`
            : ''
        }
      </section>`;
}

function emptyReason(shape: SignedInUser['claimShape']): string {
  switch (shape) {
    case 'absent':
      return 'The provider sent no such claim.';
    case 'list':
      return 'The claim is a list without a role name in it.';
    case 'text':
      return 'The claim is an empty text.';
    case 'other':
      return 'The claim is neither a text nor a list.';
  }
}

function schemeTable(app: Application, user: SignedInUser, schemes: readonly AuthorizationScheme[]): Markup {
  return html`<section class="card" aria-labelledby="schemes-title">
      <h2 id="schemes-title">Authorization schemes</h2>
      <div class="scroll" role="region" aria-labelledby="schemes-title" tabindex="0">
        <table id="schemes">
          <thead><tr><th scope="col">Scheme</th><th scope="col">Asks for</th><th scope="col">Result</th></tr></thead>
          <tbody>
            ${schemes.map((scheme) => {
              const passes = isAuthorized(scheme, user, app.settings.attributes);
              return html`<tr data-scheme="${scheme.name}" data-passes="${String(passes)}">
              <th scope="row">${scheme.name}</th>
              <td>${scheme.requires === 'any-organization' ? html`<code>G_ORG</code> is set` : scheme.requires.join(' or ')}</td>
              <td>${passes ? html`<span class="pass">✓ passes</span>` : html`<span class="fail">✕ does not pass</span>`}</td>
            </tr>`;
            })}
          </tbody>
        </table>
      </div>
    </section>`;
}

function claimDetails(user: SignedInUser): Markup {
  return html`<details class="card" id="claims">
      <summary>Claims of the ID token</summary>
      <dl class="claims">
        ${Object.entries(user.claims).map(
          ([name, value]) =>
            html`<dt><code>${name}</code></dt><dd data-claim="${name}"><code>${JSON.stringify(value)}</code></dd>`,
        )}
      </dl>
    </details>`;
}
