import { hiddenField, primaryButton, problemSummary, textField } from '../forms/form-fields.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import type { FormPart } from '../identifier-first.ts';
import type { ScreenContent } from '../screen-content.ts';
import { invitation, type Page, quotedName } from './document.ts';
import { type Markup, markup } from './markup.ts';
import { type SocialConnection, socialButtons } from './social-buttons.ts';

export interface SignUpView {
  readonly applicationName: string;
  /** The organization that the user follows an invitation to. */
  readonly invitedTo?: string | undefined;
  readonly state: string;
  /** The target of the form: `/u/signup?state=…`. */
  readonly action: string;
  /** `/u/login?state=…`: also the target of the identity providers' forms. */
  readonly loginUrl: string;
  readonly email?: string | undefined;
  /** The username that was typed before. */
  readonly username?: string | undefined;
  /** Whether the database has usernames. */
  readonly asksForUsername?: boolean;
  /** The password policy in words, one line for each rule. */
  readonly passwordRules: readonly string[];
  readonly problems?: readonly FormProblem[] | undefined;
  readonly connections: readonly SocialConnection[];
  readonly content: ScreenContent;
  /** Which part of the form the page asks for; `whole` unless set. */
  readonly part?: FormPart;
  /** The page before, which asks for the address: `/u/signup/identifier?state=…`. */
  readonly identifierUrl?: string;
}

/**
 * Universal Login's page for a new account, with the fields `email` and `password`, and `username` if the database has
 * usernames.
 *
 * @example
 * signUpPage({ applicationName: 'Orders', state, action, loginUrl, passwordRules: passwordRules(policy), connections: [],
 *   content: screenContent(store, request) });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `signup`).
 */
export function signUpPage(view: SignUpView): Page {
  const problems = view.problems ?? [];
  const { text, partial } = view.content;
  return {
    screen: view.content,
    title: text('pageTitle') ?? `Sign up | ${view.applicationName}`,
    heading: text('title') ?? 'Welcome',
    introduction: markup`<p>${text('description') ?? markup`${invitation(view.invitedTo)}Sign up to continue to ${quotedName(view.applicationName)}.`}</p>`,
    body: markup`${problemSummary(problems, view.content.text)}
<form method="post" action="${view.action}" data-form-primary="true">
${hiddenField('state', view.state)}
${partial('form-content-start')}
${view.part === 'password' ? typedAddress(view) : nameFields(view, problems)}
${view.part === 'identifier' ? '' : passwordField(view, problems)}
${partial('form-content-end')}
${partial('form-footer-start')}
${primaryButton(text('buttonText') ?? 'Continue')}
${partial('form-footer-end')}
<p class="hint">Signing up does not verify the address.</p>
</form>
${partial('secondary-actions-start')}
<p class="alternative">${text('loginActionText') ?? 'Already have an account?'} <a href="${view.loginUrl}">${text('loginActionLinkText') ?? 'Log in'}</a></p>
${partial('secondary-actions-end')}
${view.connections.length > 0 ? markup`<p class="separator"><span>or</span></p>` : ''}
${socialButtons(view.loginUrl, view.state, view.connections)}`,
  };
}

function nameFields(view: SignUpView, problems: readonly FormProblem[]): Markup {
  const { text } = view.content;
  return markup`${textField(
    {
      name: 'email',
      label: text('emailPlaceholder') ?? 'Email address',
      type: 'text',
      keyboard: 'email',
      autocomplete: 'username',
      value: view.email,
      required: true,
      autofocus: !hasValidEmail(view, problems),
    },
    problems,
  )}
${
  view.asksForUsername === true
    ? textField(
        {
          name: 'username',
          label: text('usernamePlaceholder') ?? 'Username',
          type: 'text',
          autocomplete: 'off',
          value: view.username,
          required: true,
        },
        problems,
      )
    : ''
}`;
}

/** The address and the username that were typed on the page before. */
function typedAddress({ email = '', username = '', identifierUrl = '', content: { text } }: SignUpView): Markup {
  return markup`${hiddenField('email', email)}${username === '' ? '' : hiddenField('username', username)}
<p class="typed">${quotedName(email)} <a href="${identifierUrl}" aria-label="${text('editLinkScreenReadableText') ?? 'Edit email address'}">${text('editEmailText') ?? 'Edit'}</a></p>`;
}

function passwordField(view: SignUpView, problems: readonly FormProblem[]): Markup {
  const { text } = view.content;
  return markup`${textField(
    {
      name: 'password',
      label: text('passwordPlaceholder') ?? 'Password',
      type: 'password',
      autocomplete: 'new-password',
      required: true,
      autofocus: hasValidEmail(view, problems),
      describedBy: 'password-rules',
    },
    problems,
  )}
<div class="hint" id="password-rules">
<p>${text('passwordSecurityText') ?? 'Your password must contain:'}</p>
<ul>${view.passwordRules.map((rule) => markup`<li>${rule}</li>`)}</ul>
</div>`;
}

function hasValidEmail({ email }: SignUpView, problems: readonly FormProblem[]): boolean {
  return email !== undefined && !problems.some((problem) => problem.field === 'email');
}
