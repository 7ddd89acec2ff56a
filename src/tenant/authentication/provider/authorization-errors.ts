import { type Configuration, errors } from 'oidc-provider';
import { originalRequest } from '../authorize/original-request.ts';
import { showError } from '../http/page-responses.ts';
import { clientRecordOf } from './tenant-client.ts';

/**
 * Shows an error page for errors that cannot be sent to the application, because there is no trusted callback URL.
 *
 * @see Auth0 docs: "Customize Error Pages".
 */
export const renderAuthorizationError: NonNullable<Configuration['renderError']> = (ctx, out, error) => {
  const client = ctx.oidc.client === undefined ? undefined : clientRecordOf(ctx.oidc.client);
  const application = client === undefined ? {} : { clientName: client.name };
  if (error instanceof errors.InvalidRedirectUri) {
    const requested = originalRequest(ctx.oidc.params).redirect_uri ?? '';
    showError(ctx, {
      status: 403,
      error: 'unauthorized_client',
      description: `Callback URL mismatch. ${requested} is not in the list of allowed callback URLs.`,
      ...application,
    });
    return;
  }
  const isUnknownClient = error instanceof errors.InvalidClient;
  showError(ctx, {
    status: error instanceof errors.OIDCProviderError && error.expose ? 400 : 500,
    error: isUnknownClient ? 'invalid_request' : out.error,
    description: isUnknownClient ? 'Unknown client.' : (out.error_description ?? 'The request cannot be answered.'),
    ...application,
  });
};
