import { hiddenField, primaryButton, problemSummary, textField } from '../forms/form-fields.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import type { FormPart } from '../identifier-first.ts';
import type { ScreenContent } from '../screen-content.ts';
import { invitation, type Page, quotedName } from './document.ts';
import { type Markup, markup } from './markup.ts';
import { type SocialConnection, socialButtons } from './social-buttons.ts';

export interface LoginView {
  readonly applicationName: string;
  /** The organization that the user follows an invitation to. */
  readonly invitedTo?: string | undefined;
  /** The login's `state`, carried through every form. */
  readonly state: string;
  /** The target of all forms: `/u/login?state=…`. */
  readonly action: string;
  /** The initial value: the `login_hint`, or the name that was typed before. */
  readonly username?: string | undefined;
  readonly problems?: readonly FormProblem[] | undefined;
  /** Identity providers that are enabled for the application. */
  readonly connections: readonly SocialConnection[];
  /** Whether a database is enabled for the application. If so, the page has a password form. */
  readonly database: boolean;
  readonly signUpAllowed: boolean;
  /** `/u/signup?state=…`. */
  readonly signUpUrl: string;
  /** `/u/reset-password/request?state=…`. */
  readonly resetPasswordUrl: string;
  readonly content: ScreenContent;
  /** Which part of the form the page asks for; `whole` unless set. */
  readonly part?: FormPart;
  /** The page before, which asks for the name: `/u/login/identifier?state=…`. */
  readonly identifierUrl?: string;
}

/**
 * Universal Login's first page. The password form has the fields `username` and `password` and a button named `action`
 * with the value `default`. Each identity provider has its own form with a hidden `connection`. Browser scripts written
 * for Auth0's page therefore work here.
 *
 * @example
 * loginPage({ applicationName: 'Orders', state, action: `/u/login?state=${state}`, connections: [], database: true,
 *   signUpAllowed: true, signUpUrl: `/u/signup?state=${state}`, content: screenContent(store, request),
 *   resetPasswordUrl: `/u/reset-password/request?state=${state}` });
 * @see Auth0 docs: "Universal Login", "Customize Universal Login Text Elements" (prompt `login`).
 */
export function loginPage(view: LoginView): Page {
  const problems = view.problems ?? [];
  const { text } = view.content;
  const hasBoth = view.database && view.connections.length > 0;
  return {
    screen: view.content,
    title: text('pageTitle') ?? `Log in | ${view.applicationName}`,
    heading: text('title') ?? (view.part === 'password' ? 'Enter your password' : 'Welcome'),
    introduction: markup`<p>${text('description') ?? markup`${invitation(view.invitedTo)}Log in to continue to ${quotedName(view.applicationName)}.`}</p>`,
    body: markup`${problemSummary(problems, view.content.text)}
${view.database ? passwordForm(view, problems) : ''}
${hasBoth ? markup`<p class="separator"><span>${text('separatorText') ?? 'or'}</span></p>` : ''}
${socialButtons(view.action, view.state, view.connections)}
${view.database || view.connections.length > 0 ? '' : nothingEnabled}`,
  };
}

function passwordForm(view: LoginView, problems: readonly FormProblem[]): Markup {
  const { text, partial } = view.content;
  const { part = 'whole' } = view;
  return markup`<form method="post" action="${view.action}" data-form-primary="true">
${hiddenField('state', view.state)}
${partial('form-content-start')}
${part === 'password' ? typedName(view) : nameField(view, problems)}
${part === 'identifier' ? '' : passwordField(view, problems)}
${partial('form-content-end')}
${
  part === 'identifier'
    ? ''
    : markup`<p class="alternative"><a href="${view.resetPasswordUrl}">${text('forgotPasswordText') ?? 'Forgot password?'}</a></p>`
}
${partial('form-footer-start')}
${primaryButton(text('buttonText') ?? 'Continue')}
${partial('form-footer-end')}
</form>
${partial('secondary-actions-start')}
${
  view.signUpAllowed
    ? markup`<p class="alternative">${text('footerText') ?? text('signupActionText') ?? "Don't have an account?"} <a href="${view.signUpUrl}">${text('footerLinkText') ?? text('signupActionLinkText') ?? 'Sign up'}</a></p>`
    : ''
}
${partial('secondary-actions-end')}`;
}

function nameField(view: LoginView, problems: readonly FormProblem[]): Markup {
  const { text } = view.content;
  return textField(
    {
      name: 'username',
      label: text('usernamePlaceholder') ?? text('emailPlaceholder') ?? 'Email address',
      type: 'text',
      keyboard: 'email',
      autocomplete: 'username',
      value: view.username,
      required: true,
      autofocus: !knowsUser(view),
      // Wrong credentials are a problem of both fields.
      describedBy: problems.some((problem) => problem.field === 'password') ? 'error-element-password' : undefined,
    },
    problems,
  );
}

/** The name that was typed on the page before, as Auth0's page shows it. */
function typedName({ username = '', identifierUrl = '', content: { text } }: LoginView): Markup {
  return markup`${hiddenField('username', username)}
<p class="typed">${quotedName(username)} <a href="${identifierUrl}" aria-label="${text('editLinkScreenReadableText') ?? 'Edit email address'}">${text('editEmailText') ?? 'Edit'}</a></p>`;
}

function passwordField(view: LoginView, problems: readonly FormProblem[]): Markup {
  return textField(
    {
      name: 'password',
      label: view.content.text('passwordPlaceholder') ?? 'Password',
      type: 'password',
      autocomplete: 'current-password',
      required: true,
      autofocus: knowsUser(view),
    },
    problems,
  );
}

function knowsUser({ username = '' }: LoginView): boolean {
  return username !== '';
}

const nothingEnabled = markup`<div class="alert" role="alert">
<p>No connection is enabled for this application, so users cannot sign in. Enable one: add the application's client id
to the connection's <code>enabled_clients</code>.</p>
</div>`;
