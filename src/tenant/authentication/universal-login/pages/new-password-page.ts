import { primaryButton, problemSummary, textField } from '../forms/form-fields.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import type { ScreenContent } from '../screen-content.ts';
import { type Page, quotedName } from './document.ts';
import { type Markup, markup } from './markup.ts';

export interface NewPasswordView {
  /** The target of the form: `/u/reset-password?ticket=…`. */
  readonly action: string;
  /** The e-mail address or username of the account. */
  readonly account: string | undefined;
  /** The password policy in words, one line for each rule. */
  readonly passwordRules: readonly string[];
  readonly problems?: readonly FormProblem[] | undefined;
  readonly content: ScreenContent;
}

/**
 * Asks for a new password, twice: the fields `password-reset` and `re-enter-password`, as on Auth0's page.
 *
 * @example
 * resetPasswordPage({ action: `/u/reset-password?ticket=${ticket}`, account: 'ada@example.com', passwordRules: [], content });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `reset-password`).
 */
export function resetPasswordPage(view: NewPasswordView): Page {
  const problems = view.problems ?? [];
  const { text } = view.content;
  return {
    screen: view.content,
    title: text('pageTitle') ?? 'Change your password',
    heading: text('title') ?? 'Change your password',
    introduction: introductionOf(view),
    body: markup`${problemSummary(problems, view.content.text)}
<form method="post" action="${view.action}" data-form-primary="true">
${textField(
  {
    name: 'password-reset',
    label: text('passwordPlaceholder') ?? 'New password',
    type: 'password',
    autocomplete: 'new-password',
    required: true,
    autofocus: true,
    describedBy: 'password-rules',
  },
  problems,
)}
${textField(
  {
    name: 're-enter-password',
    label: text('reEnterpasswordPlaceholder') ?? 'Re-enter new password',
    type: 'password',
    autocomplete: 'new-password',
    required: true,
  },
  problems,
)}
<div class="hint" id="password-rules">
<p>${text('passwordSecurityText') ?? 'Your password must contain:'}</p>
<ul>${view.passwordRules.map((rule) => markup`<li>${rule}</li>`)}</ul>
</div>
${primaryButton(text('buttonText') ?? 'Reset password')}
</form>`,
  };
}

function introductionOf({ account, content: { text } }: NewPasswordView): Markup | undefined {
  const own = text('description');
  if (own !== undefined) return markup`<p>${own}</p>`;
  return account === undefined ? undefined : markup`<p>Choose a new password for ${quotedName(account)}.</p>`;
}

/**
 * The page after a reset whose ticket names no page to return to.
 *
 * @example
 * passwordChangedPage(screenContent(store, ctx, { prompt: 'reset-password', screen: 'reset-password-success' }));
 */
export function passwordChangedPage(content: ScreenContent): Page {
  const { text } = content;
  return {
    screen: content,
    title: text('pageTitle') ?? 'Password changed',
    heading: text('eventTitle') ?? 'Password changed!',
    introduction: markup`<p>${text('description') ?? 'Your password has been changed successfully.'}</p>`,
    body: markup`<p>Go back to the application and log in with the new password. You are logged out everywhere else.</p>`,
  };
}
