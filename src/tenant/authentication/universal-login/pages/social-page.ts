import { hiddenField, primaryButton, problemSummary, textField } from '../forms/form-fields.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import { type Page, quotedName } from './document.ts';
import { type Markup, markup } from './markup.ts';

/** A user who has signed in through the identity provider before. */
export interface KnownUser {
  /** `google-oauth2|…`. */
  readonly userId: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly emailVerified: boolean;
  readonly blocked: boolean;
}

export interface SocialView {
  readonly applicationName: string;
  /** "Google". */
  readonly providerName: string;
  /** The connection's name, which the forms carry in a hidden field. */
  readonly connection: string;
  readonly state: string;
  /** The target of the forms. */
  readonly action: string;
  readonly users: readonly KnownUser[];
  /** The address that was typed before, or the `login_hint`. */
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly emailVerified?: boolean;
  readonly problems?: readonly FormProblem[] | undefined;
}

/**
 * The stand-in for an identity provider's own login page. Sign in as any user, with or without a verified e-mail
 * address, sign in as a known user with one click, or cancel.
 *
 * @example
 * socialPage({ applicationName: 'Orders', providerName: 'Google', connection: 'google-oauth2', state, action, users: [] });
 */
export function socialPage(view: SocialView): Page {
  const problems = view.problems ?? [];
  return {
    title: `${view.providerName} stand-in | ${view.applicationName}`,
    heading: `Stands in for ${view.providerName}`,
    introduction: markup`<p>Sign in as any user: ${quotedName(view.applicationName)} receives the profile that you enter here.</p>`,
    body: markup`${problemSummary(problems)}
${view.users.length > 0 ? knownUsersForm(view) : ''}
<form method="post" action="${view.action}" aria-labelledby="new-user">
<h2 id="new-user">${view.users.length > 0 ? 'Sign in as another user' : 'Sign in as a user'}</h2>
${hiddenFields(view)}
${textField(
  {
    name: 'email',
    label: 'Email address',
    type: 'text',
    keyboard: 'email',
    autocomplete: 'off',
    value: view.email,
    autofocus: view.users.length === 0 || problems.length > 0,
    describedBy: 'email-hint',
  },
  problems,
)}
<p class="hint" id="email-hint">Leave it empty for a user whose address the provider does not share. A name is then required.</p>
${textField({ name: 'name', label: 'Name', type: 'text', autocomplete: 'off', value: view.name }, problems)}
<div class="choice">
<input id="email_verified" name="email_verified" type="checkbox" value="true"${
      (view.emailVerified ?? true) ? markup` checked` : ''
    }>
<label for="email_verified">The email address is verified</label>
</div>
${primaryButton('Continue')}
<button class="secondary" type="submit" name="action" value="cancel" formnovalidate>Cancel</button>
</form>`,
  };
}

function knownUsersForm(view: SocialView): Markup {
  return markup`<form method="post" action="${view.action}" aria-labelledby="known-users">
<h2 id="known-users">Sign in as a known user</h2>
${hiddenFields(view)}
<ul class="users">
${view.users.map(
  (user) => markup`<li><button class="user" type="submit" name="user_id" value="${user.userId}">
<bdi>${user.name ?? user.email ?? user.userId}</bdi>
<small><bdi>${user.email ?? 'no email address'}</bdi>${userStatus(user)}</small>
</button></li>
`,
)}</ul>
</form>`;
}

function userStatus(user: KnownUser): string {
  if (user.blocked) return ' · blocked';
  if (user.email === undefined) return '';
  return user.emailVerified ? ' · verified' : ' · not verified';
}

function hiddenFields(view: SocialView): Markup {
  return markup`${hiddenField('state', view.state)}
${hiddenField('connection', view.connection)}`;
}
