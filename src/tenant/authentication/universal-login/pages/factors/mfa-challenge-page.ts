import { checkbox, hiddenField, primaryButton, problemSummary, textField } from '../../forms/form-fields.ts';
import type { FormProblem } from '../../forms/form-problem.ts';
import type { ScreenContent } from '../../screen-content.ts';
import { type Page, quotedName } from '../document.ts';
import { type Markup, markup } from '../markup.ts';

/** The view members of every page for a factor. */
export interface FactorView {
  readonly applicationName: string;
  readonly state: string;
  /** The target of the form: the page itself. */
  readonly action: string;
  readonly problems: readonly FormProblem[];
  /** The page on which the user can choose another factor, if there is one. */
  readonly otherMethodUrl?: string | undefined;
  readonly content: ScreenContent;
}

/** The view members of a page that asks for a code. */
export interface ChallengeView extends FactorView {
  /** Whether the user may choose to have this browser remembered. */
  readonly rememberable: boolean;
}

/**
 * Asks for the code of an authenticator app: the field `code`, as on Auth0's page.
 *
 * @example
 * otpChallengePage({ applicationName: 'Orders', state, action: `/u/mfa-otp-challenge?state=${state}`, problems: [], rememberable: false });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `mfa-otp`, screen `mfa-otp-challenge`).
 */
export function otpChallengePage(view: ChallengeView): Page {
  return challengePage(view, {
    introduction: markup`<p>Check your preferred one-time password application for a code to continue to ${quotedName(view.applicationName)}.</p>`,
    label: 'Enter your one-time code',
    keyboard: 'numeric',
  });
}

/**
 * Asks for the code that was sent by mail: the field `code`, and a second button that sends another code.
 *
 * @example
 * emailChallengePage({ ...view, address: 'chuc****@exam*******' });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `mfa-email`, screen `mfa-email-challenge`).
 */
export function emailChallengePage(view: ChallengeView & { readonly address: string }): Page {
  return challengePage(view, {
    introduction: markup`<p>We’ve sent an email with your code to ${quotedName(view.address)}.</p>
<p class="hint">No mail leaves this tenant. It is in the tenant's outbox.</p>`,
    label: 'Enter the code',
    keyboard: 'numeric',
    more: markup`<form method="post" action="${view.action}">
${hiddenField('state', view.state)}
<button class="secondary" type="submit" name="action" value="resend-code">${view.content.text('resendActionText') ?? 'Resend the code'}</button>
</form>`,
  });
}

/**
 * Asks for the recovery code: the field `code`.
 *
 * @example
 * recoveryCodeChallengePage({ ...view, rememberable: false });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `mfa-recovery-code`, screen `mfa-recovery-code-challenge`).
 */
export function recoveryCodeChallengePage(view: ChallengeView): Page {
  return challengePage(view, {
    introduction: markup`<p>Enter the recovery code you were provided during your initial enrollment.</p>`,
    label: 'Enter your recovery code',
  });
}

function challengePage(
  view: ChallengeView,
  content: {
    readonly introduction: Markup;
    readonly label: string;
    readonly keyboard?: 'numeric';
    readonly more?: Markup;
  },
): Page {
  const { text } = view.content;
  const description = text('description');
  return {
    screen: view.content,
    title: text('pageTitle') ?? `Verify your identity | ${view.applicationName}`,
    heading: text('title') ?? 'Verify your identity',
    introduction: description === undefined ? content.introduction : markup`<p>${description}</p>`,
    body: markup`${problemSummary(view.problems, view.content.text)}
<form method="post" action="${view.action}" data-form-primary="true">
${hiddenField('state', view.state)}
${textField(
  {
    name: 'code',
    label: text('placeholder') ?? content.label,
    type: 'text',
    keyboard: content.keyboard,
    autocomplete: content.keyboard === undefined ? 'off' : 'one-time-code',
    required: true,
    autofocus: true,
  },
  view.problems,
)}
${view.rememberable ? checkbox({ name: 'rememberBrowser', label: text('rememberMeText') ?? 'Remember this device for 30 days' }, view.problems) : ''}
${primaryButton(text('buttonText') ?? 'Continue')}
</form>
${content.more ?? ''}
${otherMethod(view)}`,
  };
}

/** The link to the page on which the user chooses another factor. */
export function otherMethod({ otherMethodUrl, content }: FactorView): Markup {
  if (otherMethodUrl === undefined) return markup``;
  return markup`<p class="alternative"><a href="${otherMethodUrl}">${content.text('pickAuthenticatorText') ?? 'Try another method'}</a></p>`;
}
