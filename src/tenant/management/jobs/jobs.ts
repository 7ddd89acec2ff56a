import type { Management } from 'auth0';
import { prefixedId } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { JobRecord } from '../../store/records/tenant/job-repository.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, invalidBody, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { accountEvent } from '../users/account-event.ts';
import { findUser } from '../users/users.ts';
import { runUserExport } from './user-export.ts';
import { runUserImport } from './user-import.ts';
import { addressOf, sendVerificationEmail } from './verification-email.ts';

const day = 24 * 60 * 60 * 1000;

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

  return effectiveOperations(
    { store },
    {
      'POST /jobs/users-exports': {
        description: 'Export Users',
        handle: ({ body, domain }: Call<Management.CreateExportUsersRequestContent>) => {
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
          return jobAnswer(job);
        },
      },
      'POST /jobs/users-imports': {
        description: 'Import Users',
        reads: 'multipart',
        handle: ({ body }) => {
          const connection = store.connections.find(String(body.connection_id));
          if (connection?.strategy !== 'auth0') {
            throw new ApiError(400, 'The connection is no database connection.', 'inexistent_connection');
          }
          const users = usersOf(String(body.users));
          const { external_id, upsert } = body;
          const job = begin('users_import', external_id === undefined ? {} : { external_id }, connection);
          later(job, () => runUserImport(store, job, users, { connection, upsert: upsert === true }));
          return jobAnswer(job);
        },
      },
      'POST /jobs/verification-email': {
        description: 'Send an email address verification email',
        handle: ({ body, domain, events }: Call<Management.CreateVerificationEmailRequestContent>) => {
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
          events.push(
            accountEvent(store, user, { type: 'svr', description: 'Verification email request', body: request }),
          );
          return jobAnswer(job);
        },
      },
      'GET /jobs/{id}': { handle: (call) => jobAnswer(findJob(pathParameter(call, 'id'))) },
      'GET /jobs/{id}/errors': {
        handle: (call) => {
          const job = findJob(pathParameter(call, 'id'));
          if (job.errors.length > 0) return job.errors;
          return job.status === 'failed' ? jobAnswer(job) : null;
        },
      },
    },
  );

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
