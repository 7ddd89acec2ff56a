import { type ManagementClient, ManagementError } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import { acquireLock, type DeploymentLock, SETTLE } from '../apply/deployment-lock.ts';
import { GATE_TRIGGER } from '../desired-state.ts';
import { readBindings, readGate } from '../read-tenant.ts';
import type { DestroyPlan, OwnThing } from './destroy-plan.ts';

export interface DestroyOptions {
  readonly takeOver: boolean;
  readonly settle?: number;
  /** Called for each item after it is removed. */
  readonly onDone?: (thing: OwnThing) => void;
  /** Stops between two steps. */
  readonly signal?: AbortSignal;
}

/**
 * Removes what a plan found, in its order. An item that does not exist any more is not an error, so it can run again.
 *
 * @throws {Problem} `apply_in_progress`, `check_failed`
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 */
export async function destroyDeployment(
  management: ManagementClient,
  { things, machine }: DestroyPlan,
  options: DestroyOptions,
): Promise<void> {
  const lock = machine === undefined ? undefined : await lockOf(management, machine, options);
  try {
    for (const thing of things) {
      options.signal?.throwIfAborted();
      lock?.check();
      await ignoringGone(() => take(management, thing));
      options.onDone?.(thing);
    }
  } finally {
    // If the application is already deleted, the lock is deleted with it.
    await lock?.release();
  }
}

async function lockOf(
  management: ManagementClient,
  machine: NonNullable<DestroyPlan['machine']>,
  { takeOver, settle = SETTLE }: DestroyOptions,
): Promise<DeploymentLock> {
  const { lock } = await acquireLock(management, {
    clientId: machine.clientId,
    before: machine.lock,
    takeOver,
    settle,
    reread: () => readGate(management),
  });
  return lock;
}

async function take(management: ManagementClient, thing: OwnThing): Promise<void> {
  switch (thing.resource) {
    case 'binding':
      return unbind(management, thing.id);
    case 'action':
      return management.actions.delete(thing.id);
    case 'role':
      return management.roles.delete(thing.id);
    case 'application_urls': {
      const now = await management.clients.get(thing.id, { fields: 'callbacks,allowed_logout_urls' });
      const without = (field: 'callbacks' | 'allowed_logout_urls') => {
        const ours = thing.urls.filter((one) => one.field === field).map(({ url }) => url);
        return (now[field] ?? []).filter((url) => !ours.includes(url));
      };
      await management.clients.update(thing.id, {
        callbacks: without('callbacks'),
        allowed_logout_urls: without('allowed_logout_urls'),
      });
      return;
    }
    case 'application':
      // Auth0 deletes the grant with it.
      return management.clients.delete(thing.id);
  }
}

/** Removes the binding. The other bindings and their order stay as they are at this moment. */
async function unbind(management: ManagementClient, bindingId: string): Promise<void> {
  const bindings = await readBindings(management);
  const ours = bindings.find(({ id }) => id === bindingId);
  if (ours === undefined) return;
  const others = bindings.filter((binding) => binding !== ours);
  await management.actions.triggers.bindings.updateMany(GATE_TRIGGER.id, {
    bindings: others.map(({ id, displayName }) => ({
      ref: { type: 'binding_id' as const, value: id },
      ...(displayName === undefined ? {} : { display_name: displayName }),
    })),
  });
  const after = (await readBindings(management)).map(({ actionId }) => actionId).join();
  if (after !== others.map(({ actionId }) => actionId).join()) {
    throw new Problem(
      'check_failed',
      'The login flow is not what was requested: another process is changing it.',
      'Run it again: portcullis destroy',
    );
  }
}

async function ignoringGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ManagementError) || error.statusCode !== 404) throw error;
  }
}
