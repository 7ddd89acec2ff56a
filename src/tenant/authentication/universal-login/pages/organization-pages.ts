import { hiddenField, primaryButton, problemSummary, textField } from '../forms/form-fields.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import type { ScreenContent } from '../screen-content.ts';
import { type Page, quotedName } from './document.ts';
import { markup } from './markup.ts';

interface OrganizationView {
  readonly applicationName: string;
  readonly state: string;
  /** The target of the form: `/u/organization?state=…`. */
  readonly action: string;
  readonly problems: readonly FormProblem[];
  readonly content: ScreenContent;
}

/**
 * Asks for the name of the user's organization, or for the user's address, before the sign-in: the field `organizationName`, as on Auth0's page.
 *
 * @example
 * organizationNamePage({ applicationName: 'Orders', state, action: `/u/organization?state=${state}`, problems: [], takesName: true,
 *   takesEmail: false, content });
 * @see Auth0 docs: "Define Organization Behavior" (prompt `organizations`, screen `organization-selection`).
 */
export function organizationNamePage(
  view: OrganizationView & {
    readonly typed?: string;
    /** Whether an e-mail address finds the organization, and whether its name does. */
    readonly takesEmail: boolean;
    readonly takesName: boolean;
  },
): Page {
  const { text } = view.content;
  const label = view.takesEmail ? 'Email address' : 'Name of the organization';
  return {
    screen: view.content,
    title: text('pageTitle') ?? `Log in | ${view.applicationName}`,
    heading: text('title') ?? 'Enter your organization',
    introduction: markup`<p>${text('description') ?? markup`Enter your organization to continue to ${quotedName(view.applicationName)}.`}</p>`,
    body: markup`${problemSummary(view.problems, view.content.text)}
<form method="post" action="${view.action}" data-form-primary="true">
${hiddenField('state', view.state)}
${textField(
  {
    name: 'organizationName',
    label: text('placeholder') ?? (view.takesEmail && view.takesName ? `${label}, or name of the organization` : label),
    type: 'text',
    autocomplete: 'off',
    value: view.typed,
    required: true,
    autofocus: true,
  },
  view.problems,
)}
${primaryButton(text('buttonText') ?? 'Continue')}
</form>`,
  };
}

/**
 * Lets the user choose one of their organizations, after the sign-in: one button named `organization` for each, with its id as the value.
 *
 * @example
 * organizationPickerPage({ ...view, organizations: [{ id: 'org_abc', name: 'Acme' }] });
 * @see Auth0 docs: "Login Flows for Organizations" (prompt `organizations`, screen `organization-picker`).
 */
export function organizationPickerPage(
  view: OrganizationView & { readonly organizations: readonly { readonly id: string; readonly name: string }[] },
): Page {
  const { text } = view.content;
  return {
    screen: view.content,
    title: text('pageTitle') ?? `Select an organization | ${view.applicationName}`,
    heading: text('title') ?? 'Select an organization',
    introduction: markup`<p>${text('description') ?? markup`Choose the organization with which you continue to ${quotedName(view.applicationName)}.`}</p>`,
    body: markup`${problemSummary(view.problems, view.content.text)}
<form method="post" action="${view.action}">
${hiddenField('state', view.state)}
${view.organizations.map(
  ({ id, name }) => markup`<button class="secondary" type="submit" name="organization" value="${id}">${name}</button>
`,
)}
</form>`,
  };
}
