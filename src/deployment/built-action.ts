import { setTimeout as pause } from 'node:timers/promises';
import type { ManagementClient } from 'auth0';
import { Problem } from '../problem/problem.ts';

/** Auth0 needs about ten seconds for a build with dependencies, and longer for large ones. */
const BUILD_TIMEOUT_MS = 180_000;
const POLL_MS = 100;

/**
 * Waits until the draft of an Action is built: until then it can be neither deployed nor bound.
 *
 * @param name the name of the Action, for the error
 * @throws {Problem} `build_failed` with the tenant's reason, `build_timeout`
 * @example
 * await untilBuilt(management, id, 'Portcullis Gate');
 */
export async function untilBuilt(management: ManagementClient, id: string, name: string): Promise<void> {
  const deadline = Date.now() + BUILD_TIMEOUT_MS;
  for (;;) {
    const action = await management.actions.get(id);
    const { status } = action;
    if (status === 'built') return;
    if (status === 'failed') {
      const reason = reasonOf(action);
      throw new Problem(
        'build_failed',
        `The tenant could not build the Action "${name}"${reason ? `: ${reason}` : '.'}`,
        `Look at "${name}" in Auth0 under Actions > Library.`,
      );
    }
    if (Date.now() > deadline) {
      throw new Problem(
        'build_timeout',
        `The tenant did not build the Action "${name}" within ${BUILD_TIMEOUT_MS / 1000} s.`,
      );
    }
    await pause(POLL_MS);
  }
}

/** Reads the member `errors`, which tenants send and the SDK's types lack. */
function reasonOf(action: object): string {
  const errors: unknown = 'errors' in action ? action.errors : undefined;
  if (!Array.isArray(errors)) return '';
  return errors.flatMap((one: unknown) => (hasMessage(one) ? one.msg : [])).join(' ');
}

function hasMessage(value: unknown): value is { msg: string } {
  return typeof value === 'object' && value !== null && 'msg' in value && typeof value.msg === 'string';
}
