import type { ActionEffects } from '../sandbox/protocol.ts';
import type { Failure } from './run-step.ts';

const WITHOUT_BROWSER: ReadonlySet<string> = new Set(['oauth2-password', 'oauth2-refresh-token']);

/**
 * Returns the failure of a login in which an Action requested an effect that the login cannot have. A denial overrides every other effect.
 *
 * @param protocol of the login, as `event.transaction.protocol` has it
 * @example
 * unsupportedEffect('gate', effects, 'oauth2-password'); // ['action_error', { code: 'redirect_impossible', … }]
 */
export function unsupportedEffect(
  actionName: string,
  { deny, validationError, redirect, factors, primaryUser }: ActionEffects,
  protocol: string,
): Failure | undefined {
  if (deny !== undefined || validationError !== undefined) return undefined;
  const name = `The Action "${actionName}"`;
  if (redirect !== undefined && WITHOUT_BROWSER.has(protocol)) {
    const message = `${name} redirects, which a login without a browser cannot do. Check api.redirect.canRedirect() first.`;
    return ['action_error', { name: 'Error', code: 'redirect_impossible', message }];
  }
  if (redirect !== undefined && factors.length > 0) {
    return notSimulated(
      `${name} asks for a factor and redirects in one run`,
      ' Do one of them in an Action of its own.',
    );
  }
  // An exchanged token keeps its user.
  if (primaryUser !== undefined && protocol === 'oauth2-refresh-token') {
    return notSimulated(`${name} sets the primary user while a refresh token is exchanged`);
  }
  return undefined;
}

function notSimulated(what: string, next = ''): Failure {
  const message = `${what}, which is not simulated by this tenant.${next}`;
  return ['action_error', { name: 'NotSimulatedError', code: 'not_simulated', message }];
}
