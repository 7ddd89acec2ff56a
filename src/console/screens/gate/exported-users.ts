import type { Management } from 'auth0';
import type { DirectoryUser } from '../../../policy/directory-user.ts';
import { messageOf } from '../../management/management-error.ts';
import { manage, segment } from '../../management/tenant-requests.ts';
import { pause, retryOnRateLimit } from './retry-on-rate-limit.ts';

const pollMs = 1000;
/** Longer than any user. A file that is not an export must not fill the memory. */
const longestLine = 1_000_000;

/** A user as a job exports it. Fields without a value are null or missing. */
export interface ExportedUser {
  readonly user_id: string;
  readonly email?: string | null;
  readonly email_verified?: boolean | null;
  readonly name?: string | null;
  readonly blocked?: boolean | null;
  readonly identities?: DirectoryUser['identities'];
  readonly app_metadata?: DirectoryUser['app_metadata'];
}

/**
 * Starts a job that exports the tenant's users, and waits until it is complete.
 *
 * @param names the fields to export
 * @param onProgress receives the job's progress in percent
 * @returns the address of the file
 * @throws {ManagementError} if the tenant refuses a request
 * @throws {Error} if the job fails
 * @see Auth0 docs: "Bulk User Exports"
 */
export async function exportUsers(
  names: readonly string[],
  signal: AbortSignal,
  onProgress: (percent: number) => void,
): Promise<string> {
  const fields = names.map((name) => ({ name }));
  const { id } = await retryOnRateLimit(signal, () =>
    manage.post<Management.CreateExportUsersResponseContent>('jobs/users-exports', { format: 'json', fields }),
  );
  for (;;) {
    const job = await retryOnRateLimit(signal, () =>
      manage.get<Management.GetJobResponseContent>(`jobs/${segment(id)}`, {}, signal),
    );
    if (job.status === 'completed' && job.location !== undefined) return job.location;
    if (job.status !== 'pending' && job.status !== 'processing') {
      throw new Error(`The tenant could not export its users: the job ended as "${job.status}".`);
    }
    onProgress(job.percentage_done ?? 0);
    await pause(pollMs, signal);
  }
}

/**
 * Downloads and unpacks an export as a stream, some users at a time.
 *
 * @throws {Error} if the file does not exist, or is not an export
 */
export async function* readExport(location: string, signal: AbortSignal): AsyncGenerator<ExportedUser[]> {
  // The address alone gives access, so no credentials are sent there.
  const response = await fetch(location, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok || response.body === null) {
    throw new Error(`The export of users could not be fetched: status ${response.status}.`);
  }
  const text = response.body.pipeThrough(new DecompressionStream('gzip')).pipeThrough(new TextDecoderStream());
  try {
    yield* usersIn(text.getReader());
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`The export of users cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function* usersIn(reader: ReadableStreamDefaultReader<string>): AsyncGenerator<ExportedUser[]> {
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + (value ?? '')).split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      if (rest.length > longestLine) throw new Error('a line is too long.');
      yield lines.filter(Boolean).map((line) => JSON.parse(line) as ExportedUser);
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
