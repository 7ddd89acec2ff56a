import { checkbox, hiddenField, primaryButton, problemSummary, textField } from '../../forms/form-fields.ts';
import type { Page } from '../document.ts';
import { type Markup, markup } from '../markup.ts';
import { type FactorView, otherMethod } from './mfa-challenge-page.ts';

/**
 * Lets the user enrol an authenticator app: the secret as a QR code and as text, and the field `code` for a first code.
 *
 * @example
 * otpEnrolmentPage({ ...view, secret, address: 'otpauth://totp/…', picture: qrCodePicture('otpauth://totp/…') });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `mfa-otp`, screen `mfa-otp-enrollment-qr`).
 */
export function otpEnrolmentPage(
  view: FactorView & {
    /** In base 32. */
    readonly secret: string;
    /** `otpauth://totp/…` */
    readonly address: string;
    readonly picture: Markup;
  },
): Page {
  const { text } = view.content;
  return {
    screen: view.content,
    title: text('pageTitle') ?? `Secure your account | ${view.applicationName}`,
    heading: text('title') ?? 'Secure your account',
    introduction: markup`<p>${text('description') ?? 'Scan the code below with your preferred authenticator app and then enter the one-time code that it shows.'}</p>`,
    body: markup`${problemSummary(view.problems, view.content.text)}
${view.picture}
<p class="hint">${text('codeEnrollmentText') ?? 'Trouble scanning? Give this secret to the app:'}</p>
<code class="secret" id="otp-secret">${view.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
<p class="hint"><a id="otp-address" href="${view.address}">Open it in an app on this device</a></p>
<form method="post" action="${view.action}" data-form-primary="true">
${hiddenField('state', view.state)}
${textField(
  {
    name: 'code',
    label: text('placeholder') ?? 'Enter your one-time code',
    type: 'text',
    keyboard: 'numeric',
    autocomplete: 'one-time-code',
    required: true,
  },
  view.problems,
)}
${primaryButton(text('buttonText') ?? 'Continue')}
</form>
${otherMethod(view)}`,
  };
}

/**
 * Shows a recovery code once. The user confirms with the checkbox `saved` that they have recorded it.
 *
 * @example
 * recoveryCodePage({ ...view, code: newRecoveryCode() });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `mfa-recovery-code`, screen
 * `mfa-recovery-code-enrollment`).
 */
export function recoveryCodePage(view: FactorView & { readonly code: string }): Page {
  const { text } = view.content;
  return {
    screen: view.content,
    title: text('pageTitle') ?? `Almost there | ${view.applicationName}`,
    heading: text('title') ?? 'Almost there!',
    introduction: markup`<p>${text('description') ?? 'Copy this recovery code and keep it somewhere safe. You’ll need it if you ever need to log in without your device.'}</p>`,
    body: markup`${problemSummary(view.problems, view.content.text)}
<code class="secret" id="recovery-code">${view.code}</code>
<form method="post" action="${view.action}" data-form-primary="true">
${hiddenField('state', view.state)}
${checkbox({ name: 'saved', label: text('checkboxText') ?? 'I have safely recorded this code', required: true }, view.problems)}
${primaryButton(text('buttonText') ?? 'Continue')}
</form>`,
  };
}
