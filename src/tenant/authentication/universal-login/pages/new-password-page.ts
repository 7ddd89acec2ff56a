import { primaryButton, problemSummary, textField } from '../forms/form-fields.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import { document, quotedName } from './document.ts';
import { markup } from './markup.ts';

export interface NewPasswordView {
  /** The target of the form: `/u/reset-password?ticket=…`. */
  readonly action: string;
  /** The e-mail address or username of the account. */
  readonly account: string | undefined;
  /** The password policy in words, one line for each rule. */
  readonly passwordRules: readonly string[];
  readonly problems?: readonly FormProblem[] | undefined;
}

/**
 * Asks for a new password, twice: the fields `password-reset` and `re-enter-password`, as on Auth0's page.
 *
 * @returns an HTML document.
 * @example
 * resetPasswordPage({ action: `/u/reset-password?ticket=${ticket}`, account: 'ada@example.com', passwordRules: [] });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `reset-password`).
 */
export function resetPasswordPage(view: NewPasswordView): string {
  const problems = view.problems ?? [];
  return document({
    title: 'Change your password',
    heading: 'Change your password',
    introduction:
      view.account === undefined ? undefined : markup`<p>Choose a new password for ${quotedName(view.account)}.</p>`,
    body: markup`${problemSummary(problems)}
<form method="post" action="${view.action}" data-form-primary="true">
${textField(
  {
    name: 'password-reset',
    label: 'New password',
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
    label: 'Re-enter new password',
    type: 'password',
    autocomplete: 'new-password',
    required: true,
  },
  problems,
)}
<div class="hint" id="password-rules">
<p>Your password must contain:</p>
<ul>${view.passwordRules.map((rule) => markup`<li>${rule}</li>`)}</ul>
</div>
${primaryButton('Reset password')}
</form>`,
  });
}

/**
 * The page after a reset whose ticket names no page to return to.
 *
 * @returns an HTML document.
 * @example
 * passwordChangedPage();
 */
export function passwordChangedPage(): string {
  return document({
    title: 'Password changed',
    heading: 'Password changed!',
    introduction: markup`<p>Your password has been changed successfully.</p>`,
    body: markup`<p>Go back to the application and log in with the new password. You are logged out everywhere else.</p>`,
  });
}
