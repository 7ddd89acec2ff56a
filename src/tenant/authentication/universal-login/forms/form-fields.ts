import { type Markup, markup } from '../pages/markup.ts';
import type { FormProblem } from './form-problem.ts';

/** An input with its label. */
export interface TextField {
  /** Also the element's id, as on Auth0's pages. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly autocomplete: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'off';
  readonly value?: string | undefined;
  readonly keyboard?: 'email' | 'numeric' | undefined;
  readonly required?: boolean;
  readonly autofocus?: boolean;
  /** The id of an element that describes it. */
  readonly describedBy?: string | undefined;
}

/**
 * A labelled input, linked to its problem if it has one.
 *
 * @example
 * textField({ name: 'username', label: 'Email address', type: 'text', autocomplete: 'username' }, problems);
 */
export function textField(field: TextField, problems: readonly FormProblem[]): Markup {
  const invalid = problems.some((problem) => problem.field === field.name);
  const describedBy = [invalid ? problemId(field.name) : '', field.describedBy ?? ''].filter(Boolean).join(' ');
  return markup`<div class="field">
<label for="${field.name}">${field.label}</label>
<input class="input" id="${field.name}" name="${field.name}" type="${field.type}" autocomplete="${field.autocomplete}"${
    field.value ? markup` value="${field.value}"` : ''
  }${field.keyboard ? markup` inputmode="${field.keyboard}"` : ''} autocapitalize="none" spellcheck="false"${
    field.required === true ? markup` required` : ''
  }${field.autofocus === true ? markup` autofocus` : ''}${invalid ? markup` aria-invalid="true"` : ''}${
    describedBy === '' ? '' : markup` aria-describedby="${describedBy}"`
  }>
</div>`;
}

/**
 * All problems, shown once above the form and read out when the page opens. Scripts written for Auth0's pages find the
 * ids, classes and codes that they expect.
 *
 * @param text the operator's text for the code of a problem
 * @returns nothing visible if there are no problems.
 * @example
 * problemSummary([{ field: 'password', code: 'wrong-email-credentials', message: 'Wrong email or password' }]);
 */
export function problemSummary(
  problems: readonly FormProblem[],
  text: (code: string) => string | undefined = () => undefined,
): Markup {
  if (problems.length === 0) return markup``;
  const fields = [...new Set(problems.map((problem) => problem.field))];
  const items = fields.map((field) => {
    const own = problems.filter((problem) => problem.field === field);
    const messages = own.map((problem) => text(problem.code) ?? problem.message).join(' ');
    return markup`<p><span class="ulp-input-error-message" id="${problemId(field)}" data-error-code="${own[0]?.code}">${messages}</span></p>
`;
  });
  return markup`<div class="alert" role="alert">
${items}</div>`;
}

/** A labelled checkbox, linked to its problem if it has one. */
export function checkbox(
  field: { readonly name: string; readonly label: string; readonly required?: boolean },
  problems: readonly FormProblem[],
): Markup {
  const invalid = problems.some((problem) => problem.field === field.name);
  return markup`<div class="field choice">
<input type="checkbox" id="${field.name}" name="${field.name}" value="true"${field.required === true ? markup` required` : ''}${
    invalid ? markup` aria-invalid="true" aria-describedby="${problemId(field.name)}"` : ''
  }>
<label for="${field.name}">${field.label}</label>
</div>`;
}

/** The submit button of a form, with Auth0's attributes. */
export function primaryButton(text: string): Markup {
  return markup`<button class="primary" type="submit" name="action" value="default" data-action-button-primary="true">${text}</button>`;
}

/** A hidden field. */
export function hiddenField(name: string, value: string): Markup {
  return markup`<input type="hidden" name="${name}" value="${value}">`;
}

function problemId(field: string): string {
  return field === 'form' ? 'prompt-alert' : `error-element-${field}`;
}
