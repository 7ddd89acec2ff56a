import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
  const entry = (number: number, day: string, members: object) =>
    tenant.store.logs.insert({
      log_id: `90020181${number}`,
      date: `${day}T12:00:00.000Z`,
      type: 's',
      description: 'Success Login',
      user_id: 'auth0|1',
      ...members,
    });
  entry(1, '2018-12-10', { user_name: 'jane.smith', connection: 'Username-Password-Authentication' });
  entry(2, '2018-12-18', { type: 'sapi', description: 'Create a role', ip: '::1' });
  entry(3, '2018-12-19', { type: 'f', description: 'Wrong "email" or password.', user_name: 'fred' });
  tenant.store.users.insert({
    user_id: 'auth0|1',
    email_verified: true,
    user_metadata: {},
    app_metadata: {},
    identities: [],
    created_at: '2018-12-10T12:00:00.000Z',
    updated_at: '2018-12-10T12:00:00.000Z',
    logins_count: 0,
  });
});
afterAll(() => tenant.close());

async function found(q: string, more = '', path = '/logs'): Promise<string> {
  const { status, body } = await tenant.call('GET', `${path}?q=${encodeURIComponent(q)}${more}`);
  if (status !== 200) return `${status} ${body.errorCode} ${body.message}`;
  return body.map(({ log_id }: { log_id: string }) => log_id.at(-1)).join(' ');
}

describe('a search of the log finds', () => {
  it.each([
    ['', '3 2 1'],
    ['log_id:[900201812 TO *]', '3 2'],
    ['log_id:{900201812 TO *]', '3'],
    ['log_id:900201811', '1'],
    ['type:s*', '2 1'],
    ['type:s', '1'],
    ['type:S', ''],
    ['type:(s OR f)', '3 1'],
    ['connection:*Pass*', '1'],
    ['user_name:jane*smith', '1'],
    ['user_name:*fred*', '3'],
    ['user_id:"auth0|1" AND NOT type:sapi', '3 1'],
    ['description:"Create a role"', '2'],
    ['description:*role', '2'],
    ['description:role', ''],
    ['description:"Wrong \\"email\\" or password."', '3'],
    ['ip:"::1"', '2'],
    ['ip:\\:\\:1', '2'],
    ['date:[2018-12-18 TO *]', '3 2'],
    ['date:[* TO 2018-12-19}', '2 1'],
    ['date:2018-12-18', '2'],
    ['date:[2018-12-18T12:00:00 TO 2018-12-18T12:00:01}', '2'],
    ['fred', '3'],
    ['organization_id:org_1', ''],
    ['NOT _exists_:connection', '3 2'],
  ])('%s', async (q, entries) => {
    expect(await found(q)).toBe(entries);
  });

  it('a user’s entries in the requested order', async () => {
    const path = `/users/${encodeURIComponent('auth0|1')}/logs`;
    expect(await found('', '&sort=date:1', path)).toBe('1 2 3');
    expect(await found('', '&sort=date:-1', path)).toBe('3 2 1');
  });
});

describe('the log', () => {
  it.each([
    ['date:1', '1 2 3'],
    ['date:-1', '3 2 1'],
    ['type:1', '3 1 2'],
    ['user_name:1', '3 1 2'],
  ])('is sorted by %s', async (sort, entries) => {
    expect(await found('', `&sort=${sort}`)).toBe(entries);
  });

  it('is searched by fields of its entries, and by no others', async () => {
    expect(await found('user_email:"a@b.example"')).toBe(
      '400 invalid_query_string The search query string has an error: unknown field "user_email"',
    );
    expect(await found('', '&sort=audience:1')).toMatch(
      /^400 invalid_query_string Query validation error: 'String does not match pattern \^\(\(date\)\|.*: audience:1' on property sort/,
    );
    expect(await found('', '&per_page=100&page=10')).toMatch(/^400 invalid_paging/);
  });

  it('combines two searches, and ignores both with a checkpoint', async () => {
    expect(await found('type:s*', '&search=description:*role')).toBe('2');
    expect(await found('type:none', '&from=900201811')).toBe('2 3');
  });

  it('answers the requests of `auth0 logs list` and `auth0 logs tail`', async () => {
    const newest = '&page=0&per_page=100&sort=date:-1';
    expect(await found('', newest)).toBe('3 2 1');
    expect(await found('type:s*', newest)).toBe('2 1');
    // The CLI polls with the last id that it has, which it drops, and puts its filter before or behind.
    expect(await found('log_id:[900201812 TO *]', newest)).toBe('3 2');
    expect(await found('log_id:[900201812 TO *] AND type:f', newest)).toBe('3');
    expect(await found('log_id:[900201813 TO *] AND user_name:"fred"', newest)).toBe('3');
  });

  it('shows the requested members', async () => {
    expect((await tenant.call('GET', '/logs?q=type:f&fields=type,user_name')).body).toEqual([
      { type: 'f', user_name: 'fred' },
    ]);
  });
});

it('finds the newest entries of a name first, whether there are many or few', async () => {
  for (let count = 0; count < 2100; count += 1) {
    const log_id = `9002019${String(count).padStart(4, '0')}`;
    const date = '2019-01-01T12:00:00.000Z';
    tenant.store.logs.insert({ log_id, date, type: 's', description: '', user_name: `crowd-${count % 700}` });
  }
  const search = async (q: string) =>
    (await tenant.call('GET', `/logs?include_totals=true&per_page=2&q=${encodeURIComponent(q)}`)).body;
  const logIds = ({ logs }: { logs: { log_id: string }[] }) => logs.map(({ log_id }) => log_id);
  const many = await search('user_name:crowd* OR client_name:crowd*');
  expect(many.total).toBe(2100);
  expect(logIds(many)).toEqual(['90020192099', '90020192098']);
  const few = await search('(user_name:crowd\\-699 OR client_name:crowd) AND type:s');
  expect(few.total).toBe(3);
  expect(logIds(few)).toEqual(['90020192099', '90020191399']);
});

it('ends a search when its request is aborted', async () => {
  const { store } = tenant;
  const search = store.logs.search.bind(store.logs);
  const received = Promise.withResolvers<AbortSignal | undefined>();
  const gone = Promise.withResolvers<void>();
  store.logs.search = async (wanted, paging, counted) => {
    received.resolve(wanted.signal);
    await gone.promise;
    return search(wanted, paging, counted);
  };
  const server = createServer(getRequestListener(tenant.api.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const controller = new AbortController();
    const { port } = server.address() as AddressInfo;
    const running = fetch(`http://127.0.0.1:${port}/api/v2/logs?q=description%3Ax*`, {
      headers: { authorization: `Bearer ${await tenant.token()}` },
      signal: controller.signal,
    }).catch((error: Error) => error.name);
    const signal = await received.promise;
    expect(signal?.aborted).toBe(false);
    controller.abort();
    expect(await running).toBe('AbortError');
    await expect.poll(() => signal?.aborted).toBe(true);
  } finally {
    gone.resolve();
    store.logs.search = search;
    await new Promise((resolve) => server.close(resolve));
  }
});
