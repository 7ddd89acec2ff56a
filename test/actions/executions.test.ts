import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExecutionRecord } from '../../src/tenant/store/records/actions/execution-repository.ts';
import type { LogRecord } from '../../src/tenant/store/records/logs/log-record.ts';
import { handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;

beforeAll(async () => {
  tenant = await tenantWithActions();
});

afterAll(() => tenant.close());

test('an execution keeps console, calls in order, durations, cold and warm; listeners are called', async () => {
  const heard: ExecutionRecord[] = [];
  const stop = tenant.engine.onExecution((execution) => heard.push(execution));
  const [action] = await tenant.bound(
    handler(
      `console.log('hello %s', 'there', { a: 1 }); console.warn('careful'); process.stdout.write('raw\\n'); api.idToken.setCustomClaim('https://test/a', 1).access.deny('no');`,
    ),
  );
  // A process that the binding warmed up is not cold.
  await tenant.engine.warm();
  const outcome = await tenant.login();
  const record = tenant.store.executions.find(outcome.executions[0] ?? '');
  expect(record).toMatchObject({ trigger_id: 'post-login', status: 'final' });
  expect(record?.results).toHaveLength(1);
  expect(record?.results[0]).toMatchObject({
    action_id: action?.id,
    action_name: action?.name,
    version_id: action?.deployed_version_id,
    handler: 'onExecutePostLogin',
    cold: false,
    boot_duration_ms: 0,
    calls: [
      { method: 'idToken.setCustomClaim', arguments: ['https://test/a', 1] },
      { method: 'access.deny', arguments: ['no'] },
    ],
  });
  expect(record?.results[0]?.console.map(({ level, text }) => [level, text])).toEqual([
    ['log', 'hello there { a: 1 }'],
    ['warn', 'careful'],
    ['log', 'raw'],
  ]);
  expect(record?.results[0]?.started_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
  expect(heard).toEqual([record]);
  stop();
  await tenant.login();
  expect(heard).toHaveLength(1);
});

test('values of secrets appear nowhere: console, calls, errors, stack, log', async () => {
  const secret = 'hunter2-hunter2';
  await tenant.bound({
    code: handler(
      `const key = event.secrets.KEY; console.log('the key is', key); api.idToken.setCustomClaim('https://test/a', { deep: ['x' + key] }); api.redirect.encodeToken({ secret: key, payload: {} }); throw new Error('refused: ' + key);`,
    ),
    secrets: [{ name: 'KEY', value: secret }],
  });
  const outcome = await tenant.login();
  expect(outcome).toMatchObject({ kind: 'error', message: 'refused: [secret KEY]' });
  const [result] = tenant.results(outcome);
  expect(result?.console[0]?.text).toBe('the key is [secret KEY]');
  expect(result?.calls[0]?.arguments).toEqual(['https://test/a', { deep: ['x[secret KEY]'] }]);
  const everything = JSON.stringify([outcome, result, tenant.store.logs.list({}, { page: 0, perPage: 100 }).rows]);
  expect(everything).not.toContain(secret);
});

test('values of secrets appear neither in the code of an error, nor in pieces, quoted, or nested', async () => {
  const secret = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nBAQEFAASCBKcwggSjAgEA"\\n';
  await tenant.bound({
    code: handler(
      `const { KEY } = event.secrets; console.log(event.secrets); console.log(JSON.stringify({ KEY }));
      let deep = KEY; for (let n = 0; n < 2500; n += 1) deep = [deep];
      try { api.user.setUserMetadata('deep', deep) } catch {}
      throw Object.assign(new Error('x'), { code: KEY, name: KEY });`,
    ),
    secrets: [{ name: 'KEY', value: secret }],
  });
  const outcome = await tenant.login();
  expect(outcome).toMatchObject({ kind: 'error', errorClass: 'action_error', message: 'x' });
  const everything = JSON.stringify([
    outcome,
    tenant.results(outcome),
    tenant.store.logs.list({}, { page: 0, perPage: 100 }).rows,
  ]);
  expect(everything).toContain('[secret KEY]');
  expect(everything).not.toMatch(/MIIEvQI|BAQEFAA/);
});

test('a cached value, usually a token, is not in the record of calls', async () => {
  await tenant.bound(handler(`api.cache.set('management-token', 'eyJ-a-token', { ttl: 60000 })`));
  const [result] = tenant.results(await tenant.login());
  expect(result?.calls).toEqual([{ method: 'cache.set', arguments: ['management-token', '***', { ttl: 60000 }] }]);
});

test('a redirect without a browser is recorded as the failure', async () => {
  await tenant.bound(handler(`api.redirect.sendUserTo('https://other.test/')`));
  const [result] = tenant.results(await tenant.login({ protocol: 'oauth2-password' }));
  expect(result?.error).toMatchObject({ code: 'redirect_impossible' });
});

test('an Action whose process cannot be created is recorded as the failure', async () => {
  const [action] = await tenant.bound(handler(''));
  const version = tenant.store.actions.findVersion(action?.deployed_version_id ?? '');
  if (version === undefined) throw new Error('no version');
  const missing = {
    ...version,
    id: 'broken',
    number: 2,
    dependencies: [{ name: '@portcullis-test/missing', version: '0.0.0' }],
  };
  tenant.store.actions.insertVersion(missing);
  const stored = tenant.store.actions.find(version.action_id);
  if (stored === undefined) throw new Error('no action');
  tenant.store.actions.update({ ...stored, deployed_version_id: missing.id });
  const outcome = await tenant.login();
  expect(outcome).toMatchObject({ kind: 'error', errorClass: 'platform_error' });
  expect(tenant.results(outcome)).toMatchObject([{ action_id: version.action_id, error: { code: 'platform_error' } }]);
});

test('a failure is in the tenant’s log with its cause, without an e-mail address', async () => {
  const logged: LogRecord[] = [];
  const stop = tenant.log.subscribe((record) => logged.push(record));
  const [first, second] = await tenant.bound(
    handler(''),
    handler(`throw Object.assign(new RangeError('too far'), { code: 'E_FAR' })`),
    handler(''),
  );
  const outcome = await tenant.login();
  stop();
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatchObject({
    type: 'actions_execution_failed',
    client_id: 'client-1',
    user_id: 'auth0|1',
    ip: '127.0.0.1',
    details: {
      trigger_id: 'post-login',
      execution_id: outcome.executions[0],
      action_id: second?.id,
      action_name: second?.name,
      version_id: second?.deployed_version_id,
      error_class: 'action_error',
      action_error: {
        name: 'RangeError',
        message: 'too far',
        code: 'E_FAR',
        stack: expect.stringContaining('action.js:2'),
      },
    },
  });
  expect(JSON.stringify(logged[0]?.details)).not.toContain('ada@example.com');
  expect(first).toBeDefined();
  const record = tenant.store.executions.find(outcome.executions[0] ?? '');
  expect(record?.status).toBe('partial');
  expect(record?.results).toHaveLength(2);
});

test('code that a login left running prints into no other, and sends nothing in its name', async () => {
  await tenant.bound(
    handler(`
      if (event.user.user_id === 'auth0|1') {
        setTimeout(() => console.log('left over'), 50);
        setTimeout(() => fetch('http://127.0.0.1:2/').catch(() => {}), 50);
        return;
      }
      await new Promise((done) => setTimeout(done, 150));
      console.log('own');`),
  );
  await tenant.login();
  const second = await tenant.login({ user: { ...tenant.user, user_id: 'auth0|2' } });
  const [result] = tenant.results(second);
  expect(result?.cold).toBe(false);
  expect(result?.console.map(({ text }) => text)).toEqual(['own']);
  expect(result?.requests).toEqual([]);
});

test('the console shows the Action’s own lines of an error, and no path of the machine', async () => {
  await tenant.bound(
    handler(`
      const error = new Error('outer', { cause: new TypeError('inner') });
      console.log(error);
      console.log(JSON.stringify({ stack: error.stack }), 'after');
      console.trace('here');`),
  );
  const [result] = tenant.results(await tenant.login());
  const printed = result?.console.map(({ text }) => text) ?? [];
  expect(printed.map((text) => text.replaceAll(/(?:\n|\\n) +at process\.processTicks\w+ \([^)]*\)/g, ''))).toEqual([
    expect.stringMatching(
      /^Error: outer\n {4}at exports\.\w+ \(action\.js:3:\d+\) \{\n {2}\[cause\]: TypeError: inner\n {6}at exports\.\w+ \(action\.js:3:\d+\)\n\}$/,
    ),
    expect.stringMatching(/^\{"stack":"Error: outer\\n {4}at exports\.\w+ \(action\.js:3:\d+\)"\} after$/),
    expect.stringMatching(/^Trace: here\n {4}at exports\.\w+ \(action\.js:6:\d+\)$/),
  ]);
});

test('a stack shows the Action’s own lines and no path of the machine', async () => {
  await tenant.bound(handler(`null.x`));
  const outcome = await tenant.login();
  const stack = tenant.results(outcome)[0]?.error?.stack ?? '';
  expect(stack).toMatch(/at exports\.onExecutePostLogin \(.*action\.js:2/);
  expect(stack).not.toMatch(/harness|portcullis|tmp/);
});
