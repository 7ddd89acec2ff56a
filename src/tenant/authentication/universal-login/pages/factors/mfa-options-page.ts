import type { SimulatedFactor } from '../../../../factors/factor-requests.ts';
import { hiddenField, problemSummary } from '../../forms/form-fields.ts';
import type { Page } from '../document.ts';
import { markup } from '../markup.ts';
import type { FactorView } from './mfa-challenge-page.ts';

/** The names of the factors on Auth0's pages. */
const NAMES: Readonly<Record<SimulatedFactor, string>> = {
  otp: 'Google Authenticator or similar',
  email: 'Email',
  'recovery-code': 'Recovery code',
};

/**
 * Lets the user choose a factor: one button named `action` for each factor, with the factor's name as its value.
 *
 * @example
 * factorOptionsPage({ ...view, enrols: false, factors: ['otp', 'email'] });
 * @see Auth0 docs: "Customize Universal Login Text Elements" (prompt `mfa`, screens `mfa-login-options` and
 * `mfa-begin-enroll-options`).
 */
export function factorOptionsPage(
  view: FactorView & { readonly enrols: boolean; readonly factors: readonly SimulatedFactor[] },
): Page {
  const { text } = view.content;
  const heading = text('title') ?? (view.enrols ? 'Keep your account safe' : 'Other methods');
  return {
    screen: view.content,
    title: text('pageTitle') ?? `${heading} | ${view.applicationName}`,
    heading,
    introduction: markup`<p>${text('description') ?? (view.enrols ? 'Add another authentication method.' : 'Select another method to verify your identity.')}</p>`,
    body: markup`${problemSummary(view.problems, view.content.text)}
<form method="post" action="${view.action}">
${hiddenField('state', view.state)}
${view.factors.map(
  (factor) =>
    markup`<button class="secondary" type="submit" name="action" value="${factor}">${text(`authenticatorNames.${factor}`) ?? NAMES[factor]}</button>
`,
)}
</form>`,
  };
}
