import { hiddenField } from '../forms/form-fields.ts';
import { type Markup, markup } from './markup.ts';

/** A connection to an identity provider that a page offers. */
export interface SocialConnection {
  readonly name: string;
  /** "Google". */
  readonly displayName: string;
  /** "google-oauth2". */
  readonly strategy: string;
}

/**
 * One form for each connection, as on Auth0's page: a hidden `connection`, and a button with the provider's name.
 *
 * @param action the target of the forms.
 * @example
 * socialButtons('/u/login?state=abc', 'abc', [{ name: 'google-oauth2', displayName: 'Google', strategy: 'google-oauth2' }]);
 */
export function socialButtons(action: string, state: string, connections: readonly SocialConnection[]): Markup {
  return markup`${connections.map((connection) => {
    const provider = connection.strategy.split('-')[0] ?? connection.strategy;
    return markup`<form method="post" action="${action}" data-provider="${provider}" data-form-secondary="true">
${hiddenField('state', state)}
${hiddenField('connection', connection.name)}
<button class="secondary" type="submit" data-provider="${provider}" data-action-button-secondary="true">Continue with ${connection.displayName}</button>
</form>
`;
  })}`;
}
