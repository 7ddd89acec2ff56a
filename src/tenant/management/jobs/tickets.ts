import { z } from 'zod';
import { issueVerificationTicket } from '../../authentication/accounts/email-verification/verification-ticket.ts';
import { issuePasswordTicket } from '../../authentication/accounts/password-reset/password-tickets.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { ApiError, invalidBody, notFound } from '../http/api-error.ts';
import { bodyOf, formatted, userId } from '../http/body-schemas.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation } from '../operation.ts';
import { findUser } from '../users/users.ts';
import { addressOf } from './verification-email.ts';

const connectionId = z.string().regex(/^con_[A-Za-z0-9]{16}$/);
/** A URL of a scheme that a browser cannot run as code. */
const resultUrl = formatted('url', (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''));
const ticketMembers = {
  result_url: resultUrl.optional(),
  client_id: z.string().min(1).optional(),
  organization_id: z.string().min(1).optional(),
  ttl_sec: z.int().min(0).max(315_360_000).optional(),
  includeEmailInRedirect: z.boolean().optional(),
  identity: z
    .strictObject({ user_id: z.string().min(1), provider: z.string().min(1), connection_id: connectionId.optional() })
    .optional(),
};

/** Links that act for a user: `/tickets`. */
export function ticketOperations({ store, audience }: ManagementDependencies): Operation[] {
  const base = () => new URL('/', audience).href;
  function refuseClash(body: { result_url?: string | undefined; client_id?: string | undefined }): void {
    if (body.client_id === undefined) return;
    if (body.result_url !== undefined) throw invalidBody('result_url cannot be given together with client_id.');
    if (store.clients.find(body.client_id) === undefined)
      throw notFound('The client does not exist', 'inexistent_client');
  }
  return [
    operation({
      method: 'POST',
      path: '/tickets/email-verification',
      description: 'Create an email verification ticket',
      body: bodyOf({ ...ticketMembers, user_id: userId }),
      handle: ({ body }) => {
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
        return { status: 201, body: { ticket } };
      },
    }),
    operation({
      method: 'POST',
      path: '/tickets/password-change',
      description: 'Create a password change ticket',
      body: bodyOf({
        ...ticketMembers,
        identity: ticketMembers.identity
          .unwrap()
          .extend({ provider: z.enum(['auth0']) })
          .optional(),
        user_id: userId.optional(),
        connection_id: connectionId.optional(),
        email: z.email().optional(),
        mark_email_as_verified: z.boolean().optional(),
      }),
      handle: ({ body }) => {
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
        return { status: 201, body: { ticket } };
      },
    }),
  ];

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
