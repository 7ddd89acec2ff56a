import type { JsonObject } from '../../store/json-value.ts';
import { localeOf, protocolOf } from './login-transactions.ts';
import { wordsOf } from './original-request.ts';

/**
 * `event.transaction` for the sign-up triggers, if the sign-up is part of a login. It shows the application's request.
 *
 * @param parameters the parameters of the authorization request
 * @param language the browser's language
 * @example
 * requestedTransaction({ response_type: 'code', scope: 'openid', ui_locales: 'nb' }, 'de'); // { locale: 'nb', … }
 * @see Auth0 docs: "Event Object" of `pre-user-registration` and `post-user-registration`.
 */
export function requestedTransaction(
  parameters: Readonly<Record<string, string>>,
  language: string | undefined,
): JsonObject {
  const { login_hint, redirect_uri, response_mode, state } = parameters;
  return {
    acr_values: wordsOf(parameters.acr_values),
    locale: localeOf(parameters, language),
    ...(login_hint !== undefined && { login_hint }),
    prompt: wordsOf(parameters.prompt),
    protocol: protocolOf(parameters.response_type),
    ...(redirect_uri !== undefined && { redirect_uri }),
    requested_scopes: wordsOf(parameters.scope),
    ...(response_mode !== undefined && { response_mode }),
    response_type: wordsOf(parameters.response_type),
    ...(state !== undefined && { state }),
    ui_locales: wordsOf(parameters.ui_locales),
  };
}
