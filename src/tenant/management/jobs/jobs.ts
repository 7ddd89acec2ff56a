import { z } from 'zod';
import { prefixedId } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { JobRecord } from '../../store/records/tenant/job-repository.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, invalidBody, notFound } from '../http/api-error.ts';
import { bodyOf, userId } from '../http/body-schemas.ts';
import { booleanParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { accountEvent } from '../users/account-event.ts';
import { findUser } from '../users/users.ts';
import { runUserExport } from './user-export.ts';
import { runUserImport } from './user-import.ts';
import { addressOf, sendVerificationEmail } from './verification-email.ts';

const day = 24 * 60 * 60 * 1000;
const connectionId = z.string().regex(/^con_[A-Za-z0-9]{16}$/);
const field = z.strictObject({ name: z.string().max(100), export_as: z.string().max(100).optional() });

/** Jobs that continue after their request is answered: `/jobs`. */
export function jobOperations({ store, log }: ManagementDependencies): Operation[] {
  function begin(type: JobRecord['type'], details: JsonObject, connection?: { id: string; name: string }): JobRecord {
    const now = new Date();
    const job: JobRecord = {
      id: prefixedId('job'),
      type,
      status: 'pending',
      created_at: now.toISOString(),
      ...(connection !== undefined && { connection: connection.name, connection_id: connection.id }),
      details,
      errors: [],
    };
    store.jobs.removeBefore(new Date(now.getTime() - day).toISOString());
    store.jobs.insert(job);
    return job;
  }

  /** Runs after the answer: a caller who asks again finds the job done. */
  function later(job: JobRecord, work: () => unknown): void {
    setImmediate(async () => {
      try {
        await work();
      } catch (error) {
        try {
          const code = error instanceof ApiError ? (error.errorCode ?? '') : 'internal_error';
          log.write({
            type: 'w',
            description: `The job ${job.id} (${job.type}) failed: ${code}.`,
            strategy: '',
            strategy_type: '',
            details: {},
          });
          store.jobs.update({ ...job, status: 'failed' });
        } catch {
          // The tenant was stopped in the meantime. At the next start the job counts as failed.
        }
      }
    });
  }

  function connectionNamed(id: string | undefined): { id: string; name: string } | undefined {
    if (id === undefined) return undefined;
    const connection = store.connections.find(id);
    if (connection === undefined) throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
    return { id: connection.id, name: connection.name };
  }

  return [
    operation({
      method: 'POST',
      path: '/jobs/users-exports',
      description: 'Export Users',
      body: z.preprocess(
        (sent) => sent ?? {},
        bodyOf({
          connection_id: connectionId.optional(),
          format: z.enum(['json', 'csv']).optional(),
          limit: z.int().min(1).optional(),
          fields: z.array(field).max(30).optional(),
        }),
      ),
      handle: ({ body, domain }) => {
        const { format, limit, fields } = body;
        const connection = connectionNamed(body.connection_id);
        const details: JsonObject = {
          ...(format !== undefined && { format }),
          ...(limit !== undefined && { limit }),
          ...(fields !== undefined && { fields: fields.map((one) => ({ ...one })) }),
        };
        const job = begin('users_export', details, connection);
        const options = { connection: connection?.name, format: format ?? 'json', limit, fields };
        later(job, () => runUserExport(store, job, options, domain));
        return { status: 200, body: jobAnswer(job) };
      },
    }),
    operation({
      method: 'POST',
      path: '/jobs/users-imports',
      description: 'Import Users',
      reads: 'multipart',
      body: z.object({
        users: z.union([z.instanceof(File), z.string()]),
        connection_id: connectionId,
        upsert: booleanParameter().optional(),
        external_id: z.string().max(1000).optional(),
        send_completion_email: booleanParameter().optional(),
      }),
      handle: async ({ body }) => {
        const connection = store.connections.find(body.connection_id);
        if (connection?.strategy !== 'auth0') {
          throw new ApiError(400, 'The connection is no database connection.', 'inexistent_connection');
        }
        const users = usersOf(typeof body.users === 'string' ? body.users : await body.users.text());
        const { external_id } = body;
        const job = begin('users_import', external_id === undefined ? {} : { external_id }, connection);
        later(job, () => runUserImport(store, job, users, { connection, upsert: body.upsert ?? false }));
        return { status: 202, body: jobAnswer(job) };
      },
    }),
    operation({
      method: 'POST',
      path: '/jobs/verification-email',
      description: 'Send an email address verification email',
      body: bodyOf({
        user_id: userId,
        client_id: z.string().min(1).optional(),
        identity: z
          .strictObject({
            user_id: z.string().min(1),
            provider: z.string().min(1),
            connection_id: connectionId.optional(),
          })
          .optional(),
        organization_id: z.string().min(1).optional(),
      }),
      handle: ({ body, domain }) => {
        const user = findUser(store, body.user_id);
        addressOf(user, body.identity);
        const job = begin('verification_email', {});
        later(job, () => {
          const options = { identity: body.identity, clientId: body.client_id };
          store.transaction(() => {
            const sent = sendVerificationEmail(store, domain, findUser(store, user.user_id), options);
            store.jobs.update({ ...job, status: sent ? 'completed' : 'failed' });
          });
        });
        const request = { ...body, email: user.email, job_id: job.id, template: { type: 'verify_email' } };
        const event = accountEvent(store, user, {
          type: 'svr',
          description: 'Verification email request',
          body: request,
        });
        return { status: 201, body: jobAnswer(job), events: [event] };
      },
    }),
    operation({
      method: 'GET',
      path: '/jobs/{id}',
      handle: (call) => ({ status: 200, body: jobAnswer(findJob(pathParameter(call, 'id'))) }),
    }),
    operation({
      method: 'GET',
      path: '/jobs/{id}/errors',
      handle: (call) => {
        const job = findJob(pathParameter(call, 'id'));
        if (job.errors.length > 0) return { status: 200, body: job.errors };
        return job.status === 'failed' ? { status: 200, body: jobAnswer(job) } : { status: 204 };
      },
    }),
  ];

  function findJob(id: string): JobRecord {
    const job = store.jobs.find(id);
    if (job === undefined) throw notFound('The job does not exist.', 'inexistent_job');
    return job;
  }
}

/** @throws ApiError 400 if the file is not a JSON array */
function usersOf(text: string): unknown[] {
  if (Buffer.byteLength(text) > 512_000) {
    throw new ApiError(413, 'Payload content length greater than maximum allowed: 512000', 'payload_too_large');
  }
  try {
    const users: unknown = JSON.parse(text);
    if (Array.isArray(users) && users.length > 0) return users;
  } catch {
    // Reported below.
  }
  throw invalidBody('The file of users must be a JSON array with at least one user in it.');
}

/**
 * Marks the jobs that were in progress when the tenant stopped as failed, so that their callers do not wait.
 *
 * @example
 * failUnfinishedJobs(store); // before the first request
 */
export function failUnfinishedJobs(store: Store): void {
  for (const job of store.jobs.unfinished()) {
    store.jobs.update({ ...job, status: 'failed', details: { ...job.details, status_details: 'The tenant stopped.' } });
  }
}

/** A job as the API returns it. */
function jobAnswer({ details, errors: _errors, ...job }: JobRecord): JsonObject {
  return { ...job, ...details };
}
