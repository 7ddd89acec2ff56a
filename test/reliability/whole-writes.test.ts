import { afterAll, beforeAll, expect, it } from 'vitest';
import { signInWithPassword } from '../../src/tenant/authentication/accounts/password-sign-in.ts';
import { createTenantLog } from '../../src/tenant/logs/tenant-log.ts';
import {
  database,
  goodPassword,
  type ManagementFixture,
  openManagement,
} from '../tenant/management/management-fixture.ts';
import { type Commits, watchCommits } from './commits.ts';

let tenant: ManagementFixture;
let commits: Commits;
beforeAll(async () => {
  commits = watchCommits();
  tenant = await openManagement();
});
afterAll(async () => {
  commits.stop();
  await tenant.close();
});

const email = 'whole@example.com';
const ip = '192.0.2.1';

async function makeUser(connection: string): Promise<string> {
  const { body } = await tenant.call('POST', '/users', { connection, email, password: goodPassword });
  return body.user_id;
}

it('an address is unblocked in all database connections at once', async () => {
  await tenant.call('POST', '/connections', { name: 'second', strategy: 'auth0' });
  for (const connection of [database, 'second']) tenant.store.blocks.record(await makeUser(connection), ip, email);
  commits.takeCount();
  expect((await tenant.call('DELETE', `/user-blocks?identifier=${email}`)).status).toBe(204);
  expect(commits.takeCount()).toBe(1);
});

it('the e-mail to a blocked user is written together with the block', async () => {
  const client = tenant.managementClient;
  const connection = tenant.store.connections.findByName(database);
  if (connection !== undefined) {
    tenant.store.connections.update({ ...connection, enabled_clients: [client.client_id] });
  }
  const log = createTenantLog(tenant.store);
  const attempt = { client, connection: database, username: email, password: 'wrong', ip, hostname: 'localhost' };
  for (let failure = 1; failure <= 10; failure += 1) {
    commits.takeCount();
    await signInWithPassword({ store: tenant.store, log, issuer: 'http://localhost:1/' }, attempt);
    expect(commits.takeCount(), `failure ${failure}`).toBe(1);
  }
  const mails = tenant.store.outbox.list({ page: 0, perPage: 10 }).rows;
  expect(mails.filter(({ subject }) => subject === 'Your account has been blocked')).toHaveLength(1);
});

it('a verification e-mail is written together with its log entry', async () => {
  const user_id = tenant.store.users.findByEmail(email)[0]?.user_id;
  commits.takeCount();
  const { body } = await tenant.call('POST', '/jobs/verification-email', { user_id });
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect((await tenant.call('GET', `/jobs/${body.id}`)).body.status).toBe('completed');
  // The job comes before its answer; the e-mail follows.
  expect(commits.takeCount()).toBe(2);
});
