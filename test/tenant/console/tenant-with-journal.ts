import { join } from 'node:path';
import { type ActionsEngine, startActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import { consoleTrigger } from '../../../src/tenant/console/console-trigger.ts';
import { LoginJournal } from '../../../src/tenant/console/login-journal.ts';
import { type RunningTenant, startTenant } from '../authentication/running-tenant.ts';

/** A tenant with real Actions and a journal of its logins. */
export interface TenantWithJournal {
  readonly tenant: RunningTenant;
  /** The latest engine: a tenant that is started again has another one. */
  engine(): ActionsEngine;
}

/**
 * Starts a tenant with real Actions and a journal. It can be started again on the same data.
 *
 * @param folder for the files of its Actions
 * @param file of its data; in memory unless set
 */
export async function tenantWithJournal(folder: string, file?: string): Promise<TenantWithJournal> {
  const engines: ActionsEngine[] = [];
  const tenant = await startTenant({
    ...(file !== undefined && { location: { file: join(folder, file) } }),
    trigger(store, log) {
      const workFolder = join(folder, 'work');
      const dependencyCache = join(folder, 'packages');
      const engine = startActionsEngine({ store, log, tenantName: 'test', dependencyCache, workFolder, ownNode: true });
      engines.push(engine);
      return consoleTrigger(store, engine.postLogin, new LoginJournal(store));
    },
  });
  return {
    tenant,
    engine() {
      const latest = engines.at(-1);
      if (latest === undefined) throw new Error('There is no engine.');
      return latest;
    },
  };
}
