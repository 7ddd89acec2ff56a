import { authenticationRequest } from '../../authorize/open-login.ts';
import type { WebContext } from '../../http/web-context.ts';
import { requestPasswordReset } from '../password-reset/request-reset.ts';
import type { SignInDependencies } from '../password-sign-in.ts';
import { databaseRequest } from './database-request.ts';

/** The same answer for every address, so that it does not reveal whether a user exists. */
const ANSWER = "We've just sent you an email to reset your password.";

/**
 * `POST /dbconnections/change_password`: sends a link to choose a new password.
 *
 * @param deps `issuer` is the domain that received the request, with its trailing slash.
 * @example
 * answerPasswordChange({ store, log, issuer }, ctx);
 * @see Auth0 docs: "Change Password" (Authentication API).
 */
export function answerPasswordChange(deps: SignInDependencies & { readonly issuer: string }, ctx: WebContext): void {
  const request = databaseRequest(deps.store, ctx, []);
  if (request === undefined) return;
  const { client, connection, email } = request;
  requestPasswordReset(deps, { ...authenticationRequest(ctx, client), connection, email, issuer: deps.issuer });
  ctx.status = 200;
  ctx.type = 'text/html';
  ctx.body = ANSWER;
}
