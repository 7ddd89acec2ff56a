import type { Management } from 'auth0';
import { issueVerificationTicket } from '../../authentication/accounts/email-verification/verification-ticket.ts';
import { issuePasswordTicket } from '../../authentication/accounts/password-reset/password-tickets.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { ApiError, invalidBody, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Call, Operation } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findUser } from '../users/users.ts';
import { addressOf } from './verification-email.ts';

/** Links that act for a user: `/tickets`. */
export function ticketOperations({ store, audience }: ManagementDependencies): Operation[] {
  const base = () => new URL('/', audience).href;
  function refuseClash(body: { result_url?: string | undefined; client_id?: string | undefined }): void {
    if (body.client_id === undefined) return;
    if (body.result_url !== undefined) throw invalidBody('result_url cannot be given together with client_id.');
    if (store.clients.find(body.client_id) === undefined)
      throw notFound('The client does not exist', 'inexistent_client');
  }
  return effectiveOperations(
    { store },
    {
      'POST /tickets/email-verification': {
        description: 'Create an email verification ticket',
        handle: ({ body }: Call<Management.VerifyEmailTicketRequestContent>) => {
          refuseClash(body);
          const user = findUser(store, body.user_id);
          const { identity } = body;
          const ticket = issueVerificationTicket(
            store,
            base(),
            {
              userId: user.user_id,
              email: addressOf(user, identity).email,
              includeEmailInRedirect: body.includeEmailInRedirect ?? false,
              ...(identity !== undefined && { identity: { provider: identity.provider, userId: identity.user_id } }),
              ...(body.client_id !== undefined && { clientId: body.client_id }),
              ...(body.result_url !== undefined && { resultUrl: body.result_url }),
            },
            body.ttl_sec || undefined,
          );
          return { ticket };
        },
      },
      'POST /tickets/password-change': {
        description: 'Create a password change ticket',
        handle: ({ body }: Call<Management.ChangePasswordTicketRequestContent>) => {
          refuseClash(body);
          const user = body.user_id === undefined ? findByAddress(body) : findUser(store, body.user_id);
          if (user.identities[0]?.provider !== 'auth0') {
            throw new ApiError(400, 'The user is not of a database connection.', 'invalid_body');
          }
          const ticket = issuePasswordTicket(
            store,
            base(),
            {
              userId: user.user_id,
              marksEmailAsVerified: body.mark_email_as_verified ?? false,
              includeEmailInRedirect: body.includeEmailInRedirect ?? false,
              ...(body.client_id !== undefined && { clientId: body.client_id }),
              ...(body.result_url !== undefined && { resultUrl: body.result_url }),
            },
            body.ttl_sec || undefined,
          );
          return { ticket };
        },
      },
    },
  );

  function findByAddress(body: { email?: string | undefined; connection_id?: string | undefined }): UserRecord {
    if (body.email === undefined || body.connection_id === undefined) {
      throw invalidBody("Payload validation error: 'Missing required property: user_id'.");
    }
    const connection = store.connections.find(body.connection_id);
    if (connection === undefined) throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
    const user = store.users.findInConnection(connection.name, { email: body.email });
    if (user === undefined) throw notFound('The user does not exist.', 'inexistent_user');
    return user;
  }
}
