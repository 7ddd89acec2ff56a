import { setTimeout as pause } from 'node:timers/promises';
import { type ManagementClient, ManagementError } from 'auth0';

/** The outcome of the assignments of a batch. */
export interface BatchResult {
  readonly assigned: readonly string[];
  /** Users that the tenant refused, with its reason: deleted meanwhile, for example. */
  readonly refused: readonly { readonly userId: string; readonly reason: string }[];
}

/** Tries per request. A connection may break; if the tenant is unreachable for longer, the work ends. */
const TRIES = 5;
const FIRST_PAUSE_MS = 500;

/**
 * Assigns a role to some users in one request. If the tenant refuses the request because of one user, the batch is halved
 * until that user is found, so that the others get the role. A request whose answer was lost is sent again: assigning a role
 * twice changes nothing.
 *
 * Source: Management API, "Assign users to a role"; its recorded conversation go-TestRoleManager_Users: 200 and `{}`.
 *
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses the call itself (401, 403, 429, 5xx)
 */
export async function assignBatch(
  management: ManagementClient,
  roleId: string,
  users: readonly string[],
  signal?: AbortSignal,
): Promise<BatchResult> {
  if (users.length === 0) return { assigned: [], refused: [] };
  try {
    await send(management, roleId, users, signal);
    return { assigned: users, refused: [] };
  } catch (error) {
    if (!(error instanceof ManagementError) || !isAboutUsers(error)) throw error;
    if (users.length === 1) return { assigned: [], refused: [{ userId: users[0] ?? '', reason: reasonOf(error) }] };
  }
  const middle = Math.ceil(users.length / 2);
  const first = await assignBatch(management, roleId, users.slice(0, middle), signal);
  const second = await assignBatch(management, roleId, users.slice(middle), signal);
  return { assigned: [...first.assigned, ...second.assigned], refused: [...first.refused, ...second.refused] };
}

async function send(
  management: ManagementClient,
  roleId: string,
  users: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      await management.roles.users.assign(roleId, { users: [...users] });
      return;
    } catch (error) {
      // An error with a status is an answer; the SDK has already retried if that is useful.
      if (error instanceof ManagementError && error.statusCode !== undefined) throw error;
      if (attempt === TRIES) throw error;
    }
    await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1), undefined, signal === undefined ? {} : { signal });
  }
}

/** Whether the error is about the users: a user who does not exist or has too many roles, or a request that is too large. */
function isAboutUsers({ statusCode }: ManagementError): boolean {
  return statusCode === 400 || statusCode === 404 || statusCode === 409 || statusCode === 413;
}

function reasonOf({ body, message }: ManagementError): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : message;
}
