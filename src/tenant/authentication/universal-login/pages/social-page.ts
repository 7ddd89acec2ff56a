import { hiddenField, primaryButton, problemSummary, textField } from '../forms/form-fields.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import { document, quotedName } from './document.ts';
import { type Markup, markup } from './markup.ts';

/** Somebody who has been at the identity provider before. */
export interface KnownPerson {
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
  /** The connection's name, carried through the forms. */
  readonly connection: string;
  readonly state: string;
  /** Where the forms are sent. */
  readonly action: string;
  readonly people: readonly KnownPerson[];
  /** What was typed before, or the `login_hint`. */
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly emailVerified?: boolean;
  readonly problems?: readonly FormProblem[] | undefined;
}

/**
 * The page that stands in for an identity provider's own: be anybody, with a verified e-mail address or without one,
 * be somebody again with one click, or cancel.
 *
 * @returns an HTML document.
 * @example
 * socialPage({ applicationName: 'Orders', providerName: 'Google', connection: 'google-oauth2', state, action, people: [] });
 */
export function socialPage(view: SocialView): string {
  const problems = view.problems ?? [];
  return document({
    title: `${view.providerName} stand-in | ${view.applicationName}`,
    heading: `Stands in for ${view.providerName}`,
    introduction: markup`<p>Be anybody: ${quotedName(view.applicationName)} is told what you say here.</p>`,
    body: markup`${problemSummary(problems)}
${view.people.length > 0 ? peopleForm(view) : ''}
<form method="post" action="${view.action}" aria-labelledby="somebody-else">
<h2 id="somebody-else">${view.people.length > 0 ? 'Be somebody else' : 'Who are you?'}</h2>
${carried(view)}
${textField(
  {
    name: 'email',
    label: 'Email address',
    type: 'text',
    keyboard: 'email',
    autocomplete: 'off',
    value: view.email,
    autofocus: view.people.length === 0 || problems.length > 0,
    describedBy: 'email-hint',
  },
  problems,
)}
<p class="hint" id="email-hint">Leave it empty to be somebody whose address is not given away; a name is needed then.</p>
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
  });
}

function peopleForm(view: SocialView): Markup {
  return markup`<form method="post" action="${view.action}" aria-labelledby="somebody-again">
<h2 id="somebody-again">Be somebody again</h2>
${carried(view)}
<ul class="people">
${view.people.map(
  (person) => markup`<li><button class="person" type="submit" name="user_id" value="${person.userId}">
<bdi>${person.name ?? person.email ?? person.userId}</bdi>
<small><bdi>${person.email ?? 'no email address'}</bdi>${standing(person)}</small>
</button></li>
`,
)}</ul>
</form>`;
}

function standing(person: KnownPerson): string {
  if (person.blocked) return ' · blocked';
  if (person.email === undefined) return '';
  return person.emailVerified ? ' · verified' : ' · not verified';
}

function carried(view: SocialView): Markup {
  return markup`${hiddenField('state', view.state)}
${hiddenField('connection', view.connection)}`;
}
