import { hiddenField, primaryButton, problemSummary, textField } from '../forms/form-fields.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import type { ScreenContent } from '../screen-content.ts';
import { type Page, quotedName } from './document.ts';
import { markup } from './markup.ts';

export interface ForgottenPasswordView {
  readonly applicationName: string;
  readonly state: string;
  /** The target of the form: `/u/reset-password/request?state=…`. */
  readonly action: string;
  /** `/u/login?state=…`. */
  readonly loginUrl: string;
  readonly email?: string | undefined;
  readonly problems?: readonly FormProblem[] | undefined;
  readonly content: ScreenContent;
}

/**
 * Asks for the address of the account whose password was forgotten, with the field `email`.
 *
 * @example
 * forgottenPasswordPage({ applicationName: 'Orders', state, action: `/u/reset-password/request?state=${state}`, loginUrl, content });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `reset-password`).
 */
export function forgottenPasswordPage(view: ForgottenPasswordView): Page {
  const problems = view.problems ?? [];
  const { text } = view.content;
  return {
    screen: view.content,
    title: text('pageTitle') ?? `Reset your password | ${view.applicationName}`,
    heading: text('title') ?? 'Forgot your password?',
    introduction: markup`<p>${text('descriptionEmail') ?? markup`Enter the email address of your account at ${quotedName(view.applicationName)}. We will send you a link to choose a new password.`}</p>`,
    body: markup`${problemSummary(problems, view.content.text)}
<form method="post" action="${view.action}" data-form-primary="true">
${hiddenField('state', view.state)}
${textField(
  {
    name: 'email',
    label: text('placeholderEmail') ?? 'Email address',
    type: 'text',
    keyboard: 'email',
    autocomplete: 'username',
    value: view.email,
    required: true,
    autofocus: true,
  },
  problems,
)}
${primaryButton(text('buttonText') ?? 'Continue')}
</form>
<p class="alternative"><a href="${view.loginUrl}">${text('backToLoginLinkText') ?? 'Back to login'}</a></p>`,
  };
}

/**
 * The page after a request for a new password. It is the same whether or not a user has the address.
 *
 * @example
 * checkMailPage({ email: 'ada@example.com', loginUrl, content });
 */
export function checkMailPage(view: {
  readonly email: string;
  readonly loginUrl: string;
  readonly content: ScreenContent;
}): Page {
  const { text } = view.content;
  return {
    screen: view.content,
    title: text('pageTitle') ?? 'Check your email',
    heading: text('title') ?? 'Check your email',
    introduction: markup`<p>${text('emailDescription') ?? markup`If ${quotedName(view.email)} has an account here, we have sent a link to choose a new password.`}</p>`,
    body: markup`<p class="hint">No mail leaves this tenant. It is in the tenant's outbox.</p>
<p class="alternative"><a href="${view.loginUrl}">Back to login</a></p>`,
  };
}
