import type { JsonObject } from '../../store/json-value.ts';
import { localeOf, protocolOf } from './login-transactions.ts';
import { wordsOf } from './original-request.ts';

/**
 * `event.transaction` of the triggers of a sign-up that is part of a login: what the application asked for.
 *
 * @param asked the authorization request's parameters
 * @param language the browser's
 * @example
 * requestedTransaction({ response_type: 'code', scope: 'openid', ui_locales: 'nb' }, 'de'); // { locale: 'nb', … }
 * @see Auth0 docs: "Event Object" of `pre-user-registration` and `post-user-registration`.
 */
export function requestedTransaction(
  asked: Readonly<Record<string, string>>,
  language: string | undefined,
): JsonObject {
  const { login_hint, redirect_uri, response_mode, state } = asked;
  return {
    acr_values: wordsOf(asked.acr_values),
    locale: localeOf(asked, language),
    ...(login_hint !== undefined && { login_hint }),
    prompt: wordsOf(asked.prompt),
    protocol: protocolOf(asked.response_type),
    ...(redirect_uri !== undefined && { redirect_uri }),
    requested_scopes: wordsOf(asked.scope),
    ...(response_mode !== undefined && { response_mode }),
    response_type: wordsOf(asked.response_type),
    ...(state !== undefined && { state }),
    ui_locales: wordsOf(asked.ui_locales),
  };
}
