import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startActionsEngine } from '../../src/tenant/actions/actions-engine.ts';
import { createTenantLog } from '../../src/tenant/logs/tenant-log.ts';
import { openStore } from '../../src/tenant/store/open-store.ts';
import { handler } from './tenant-with-actions.ts';

test('a build that the tenant’s stop interrupted is resumed at the next start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-restart-'));
  const file = join(folder, 'tenant.sqlite');
  const start = () => {
    const store = openStore({ file });
    const engine = startActionsEngine({
      store,
      log: createTenantLog(store),
      tenantName: 'restarted',
      dependencyCache: join(folder, 'packages'),
      workFolder: join(folder, 'work'),
    });
    return { store, engine };
  };
  const first = start();
  const { id } = await first.engine.lifecycle.create({
    name: 'interrupted',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    code: handler(''),
    deploy: true,
  });
  first.engine.lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: id } }]);
  const machine = await first.engine.lifecycle.create({
    name: 'of machines',
    supported_triggers: [{ id: 'credentials-exchange', version: 'v2' }],
    code: 'exports.onExecuteCredentialsExchange = async () => {};',
    deploy: true,
  });
  first.engine.lifecycle.bind('credentials-exchange', [{ ref: { type: 'action_id', value: machine.id } }]);
  await first.engine.close();
  first.store.close();

  const second = start();
  expect(second.store.actions.find(id)?.status).toBe('pending');
  await second.engine.ready();
  const action = second.store.actions.find(id);
  expect(action?.status).toBe('built');
  expect(second.store.actions.findVersion(action?.deployed_version_id ?? '')?.status).toBe('built');
  // A bound Action is warmed up after its build.
  await expect.poll(() => second.engine.sandboxPids().length).toBe(2);
  await second.engine.close();
  second.store.close();

  // The same holds for an Action that was built earlier, of any trigger.
  const third = start();
  await expect.poll(() => third.engine.sandboxPids().length).toBe(2);
  await third.engine.close();
  third.store.close();
  await rm(folder, { recursive: true, force: true });
});
