import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExecutionRecord } from '../../../src/tenant/store/records/actions/execution-repository.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const code = 'exports.onExecutePostLogin = async (event, api) => {};';
const triggers = [{ id: 'post-login', version: 'v3' }];
const nanoseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const missing = { statusCode: 404, error: 'Not Found', message: 'That action does not exist.' };

let number = 0;
async function make(members: object = {}) {
  number += 1;
  return tenant.call('POST', '/actions/actions', {
    name: `action ${number}`,
    supported_triggers: triggers,
    code,
    ...members,
  });
}
async function makeDeployed() {
  const { body } = await make();
  await tenant.engine.ready();
  const { body: version } = await tenant.call('POST', `/actions/actions/${body.id}/deploy`);
  return { action: body, version };
}

describe('an action', () => {
  it('keeps a secret that is written back as it was answered, and takes a trigger as it was answered', async () => {
    const { body } = await make({ secrets: [{ name: 'KEY', value: 'hidden' }] });
    const { body: published } = await tenant.call('GET', '/actions/triggers');
    const trigger = published.triggers.find(({ id }: { id: string }) => id === 'post-login');
    const back = { secrets: body.secrets, supported_triggers: [trigger] };
    const { status, body: changed } = await tenant.call('PATCH', `/actions/actions/${body.id}`, back);
    expect([status, changed.secrets]).toEqual([200, body.secrets]);
    expect(tenant.store.actions.find(body.id)?.secrets).toMatchObject([{ name: 'KEY', value: 'hidden' }]);
    const unknown = { secrets: [{ name: 'OTHER', updated_at: body.updated_at }] };
    expect((await tenant.call('PATCH', `/actions/actions/${body.id}`, unknown)).status).toBe(400);
  });

  it('stays deployed if an update changes its name alone, or nothing', async () => {
    const { action } = await makeDeployed();
    const path = `/actions/actions/${action.id}`;
    const { name, supported_triggers, runtime, dependencies, secrets } = (await tenant.call('GET', path)).body;
    for (const same of [{ name: `${name}!` }, { code, supported_triggers, runtime, dependencies, secrets }]) {
      expect((await tenant.call('PATCH', path, same)).body).toMatchObject({
        status: 'built',
        all_changes_deployed: true,
      });
    }
    const { body } = await tenant.call('PATCH', path, { code: `${code} ` });
    expect(body).toMatchObject({ status: 'pending', all_changes_deployed: false });
    await tenant.engine.ready();
  });

  it('is pending at creation, then built, then deployed, in Auth0’s shapes', async () => {
    const created = await make({ secrets: [{ name: 'KEY', value: 'hidden' }] });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: uuid,
      name: `action ${number}`,
      supported_triggers: triggers,
      created_at: nanoseconds,
      updated_at: nanoseconds,
      code,
      dependencies: [],
      runtime: 'node22',
      status: 'pending',
      secrets: [{ name: 'KEY', updated_at: nanoseconds }],
      all_changes_deployed: false,
    });
    const path = `/actions/actions/${created.body.id}`;
    await tenant.engine.ready();
    expect((await tenant.call('GET', path)).body).toMatchObject({ status: 'built', all_changes_deployed: false });

    const deployed = await tenant.call('POST', `${path}/deploy`);
    expect(deployed.status).toBe(200);
    expect(deployed.body).toEqual({
      code,
      dependencies: [],
      id: uuid,
      deployed: false,
      number: 1,
      secrets: [{ name: 'KEY', updated_at: nanoseconds }],
      status: 'built',
      created_at: nanoseconds,
      updated_at: deployed.body.created_at,
      runtime: 'node22',
      supported_triggers: triggers,
      action: {
        id: created.body.id,
        name: created.body.name,
        supported_triggers: triggers,
        created_at: created.body.created_at,
        updated_at: created.body.created_at,
        all_changes_deployed: false,
      },
    });
    const { body: after } = await tenant.call('GET', path);
    expect(after).toMatchObject({
      all_changes_deployed: true,
      deployed_version: { id: deployed.body.id, deployed: true, number: 1, status: 'built', built_at: nanoseconds },
      current_version: { id: deployed.body.id, status: 'BUILT', number: 1, build_time: nanoseconds },
    });
    expect(JSON.stringify([created, deployed, after])).not.toContain('hidden');
  });

  it('cannot be deployed before it is built', async () => {
    const { body } = await make();
    await tenant.engine.ready();
    const record = tenant.store.actions.find(body.id);
    if (record !== undefined) tenant.store.actions.update({ ...record, status: 'building' });
    expect((await tenant.call('POST', `/actions/actions/${body.id}/deploy`)).body).toEqual({
      statusCode: 400,
      error: 'Bad Request',
      message: "A draft must be in the 'built' state before it can be deployed.",
    });
  });

  it('has versions, and can go back to one as a new version', async () => {
    const { action, version } = await makeDeployed();
    const path = `/actions/actions/${action.id}`;
    await tenant.call('PATCH', path, { code: `${code}//2` });
    await tenant.engine.ready();
    await tenant.call('POST', `${path}/deploy`);
    const back = await tenant.call('POST', `${path}/versions/${version.id}/deploy`, {});
    expect(back).toMatchObject({ status: 200, body: { number: 3, code, deployed: false } });
    const { body } = await tenant.call('GET', `${path}/versions?per_page=50`);
    expect(body).toMatchObject({ total: 3, per_page: 50 });
    expect(body).not.toHaveProperty('page');
    expect(body.versions.map((one: { number: number; deployed: boolean }) => [one.number, one.deployed])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    const one = await tenant.call('GET', `${path}/versions/${version.id}`);
    expect(one.body).toMatchObject({ number: 1, deployed: false, action: { id: action.id } });
    const { action: other } = await makeDeployed();
    const foreign = await tenant.call('GET', `/actions/actions/${other.id}/versions/${version.id}`);
    expect(foreign.body).toEqual({ ...missing, message: 'That action version does not exist.' });
  });

  it('is bound by name or id in an order, and cannot be deleted while bound, except with force', async () => {
    const [{ action: one }, { action: two }] = [await makeDeployed(), await makeDeployed()];
    const path = '/actions/triggers/post-login/bindings';
    const requested = {
      bindings: [
        { ref: { type: 'action_name', value: two.name }, display_name: 'Second' },
        { ref: { type: 'action_id', value: one.id } },
      ],
    };
    const { status, body } = await tenant.call('PATCH', path, requested);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['bindings']);
    expect(body.bindings).toMatchObject([
      {
        id: uuid,
        trigger_id: 'post-login',
        display_name: 'Second',
        action: { id: two.id, all_changes_deployed: false },
      },
      { display_name: one.name, action: { id: one.id, deployed_version: { deployed: true } } },
    ]);
    expect((await tenant.call('GET', `${path}?page=0&per_page=50`)).body).toEqual({ ...body, total: 2, per_page: 50 });
    expect((await tenant.call('GET', `${path}?page=1&per_page=50`)).body).toEqual({
      bindings: [],
      page: 1,
      per_page: 50,
    });

    expect((await tenant.call('DELETE', `/actions/actions/${one.id}`)).body).toEqual({
      statusCode: 409,
      error: 'Conflict',
      message: 'Unable to delete an action bound to a trigger.',
    });
    expect((await tenant.call('DELETE', `/actions/actions/${one.id}?force=true`)).status).toBe(204);
    expect((await tenant.call('GET', path)).body.bindings).toHaveLength(1);
    expect((await tenant.call('PATCH', path, { bindings: [] })).body).toEqual({ bindings: [] });
  });

  it('cannot be bound before it is deployed, nor to a trigger that does not exist', async () => {
    const { body: draft } = await make();
    const bindings = [{ ref: { type: 'action_id', value: draft.id } }];
    expect((await tenant.call('PATCH', '/actions/triggers/post-login/bindings', { bindings })).status).toBe(400);
    const nowhere = await tenant.call('PATCH', '/actions/triggers/nowhere/bindings', { bindings: [] });
    expect(nowhere).toMatchObject({ status: 400, body: { errorCode: 'invalid_uri' } });
  });

  it('is tested with a payload', async () => {
    const { body: draft } = await make({
      code: "exports.onExecutePostLogin = async (event) => { throw new TypeError('no ' + event.user.name); };",
    });
    await tenant.engine.ready();
    const payload = { event: { tenant: { id: 'dev' }, user: { name: 'Ada' } } };
    const { status, body } = await tenant.call('POST', `/actions/actions/${draft.id}/test`, { payload });
    expect(status).toBe(200);
    expect(body.payload).toMatchObject({
      error: { name: 'TypeError', message: expect.stringContaining('no Ada') },
      stats: {},
    });
  });

  it('fails before it runs if the event is incomplete', async () => {
    const { body: draft } = await make();
    await tenant.engine.ready();
    const payload = { event: { user: { email: 'ada@example.com' } } };
    const { status, body } = await tenant.call('POST', `/actions/actions/${draft.id}/test`, { payload });
    expect(status).toBe(200);
    expect(body.payload.error).toMatchObject({
      name: 'TypeError',
      message: "Cannot read properties of undefined (reading 'id')",
    });
    expect(Object.keys(body.payload.stats)).toHaveLength(7);
  });

  it('is reported as being built to a repeated request, which waits for the build', async () => {
    const dependencies = [{ name: 'is-number', version: '7.0.0', registry_url: 'https://registry.example/is-number' }];
    const { body: draft } = await make({ dependencies });
    expect(draft).toMatchObject({ status: 'pending', dependencies });
    const path = `/actions/actions/${draft.id}`;
    for (const _ of [1, 2]) {
      expect((await tenant.call('GET', path)).body).toMatchObject({ status: 'building', dependencies });
    }
    // Enough for npm on a busy machine: each answer waits up to four seconds.
    let last = (await tenant.call('GET', path)).body;
    for (let request = 1; request < 10 && last.status === 'building'; request += 1) {
      last = (await tenant.call('GET', path)).body;
    }
    expect(last.status).toBe('built');
    expect(last.dependencies).toEqual([{ name: 'is-number', version: '7.0.0' }]);
  });

  it('that does not exist is not found', async () => {
    const path = '/actions/actions/6f9d7ec7-d1a5-41d5-9127-ab8a3efe11fb';
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['PATCH', '', {}],
      ['DELETE', '', undefined],
      ['POST', '/deploy', undefined],
      ['POST', '/test', { payload: {} }],
      ['GET', '/versions', undefined],
    ] as const) {
      expect((await tenant.call(method, path + suffix, body)).body, method + suffix).toEqual(missing);
    }
  });

  it.each([
    [{ supported_triggers: [] }],
    [{ supported_triggers: [{ id: 'nothing', version: 'v1' }] }],
    [{ runtime: 'node4' }],
    [{ code: 'x'.repeat(101 * 1024) }],
    [{ secrets: [{ name: 'A', value: 'x'.repeat(5000) }] }],
    [{ dependencies: [{ name: '../evil', version: '1.0.0' }] }],
    [{ modules: [{ module_id: '1' }] }],
    [{ id: 'mine' }],
  ])('with %.60j is refused', async (members) => {
    expect((await make(members)).status).toBe(400);
  });

  it('has a unique name', async () => {
    const { body } = await make();
    expect((await make({ name: body.name })).status).toBe(409);
  });
});

describe('actions', () => {
  it('are listed without the members that are zero', async () => {
    const { body } = await tenant.call('GET', '/actions/actions?page=0&per_page=100');
    expect(body.actions).toHaveLength(body.total);
    expect(Object.keys(body)).toEqual(['actions', 'total', 'per_page']);
    const name = encodeURIComponent('action 1');
    expect((await tenant.call('GET', `/actions/actions?actionName=${name}`)).body).toMatchObject({ total: 1 });
    const none = await tenant.call('GET', '/actions/actions?triggerId=credentials-exchange&per_page=10');
    expect(none.body).toEqual({ actions: [], per_page: 10 });
  });

  it('have a list of available triggers', async () => {
    const { body } = await tenant.call('GET', '/actions/triggers');
    expect(body.triggers).toContainEqual(
      expect.objectContaining({ id: 'post-login', version: 'v3', status: 'CURRENT' }),
    );
  });

  it('have the runtimes of a real tenant: first versions ran on node12, and some are bound to a thing of their own', async () => {
    const { triggers: listed } = (await tenant.call('GET', '/actions/triggers')).body;
    expect(listed).toContainEqual({
      id: 'post-login',
      version: 'v2',
      status: 'DEPRECATED',
      runtimes: ['node18', 'node22'],
      default_runtime: 'node16',
      binding_policy: 'trigger-bound',
      compatible_triggers: [],
    });
    expect(listed).toContainEqual(
      expect.objectContaining({ id: 'mcp-tool', runtimes: ['node22'], binding_policy: 'entity-bound' }),
    );
    const file = join(import.meta.dirname, '../../../../shared/facts/triggers-seen.json');
    if (!existsSync(file)) return;
    const sorted = (rows: { id: string; version: string }[]) =>
      rows.toSorted((a, b) => (a.id + a.version < b.id + b.version ? -1 : 1));
    expect(sorted(listed)).toEqual(sorted(JSON.parse(readFileSync(file, 'utf8'))));
  });
});

describe('an execution', () => {
  it('has Auth0’s shape, with the Action’s output', async () => {
    const record: ExecutionRecord = {
      id: 'execution1',
      trigger_id: 'post-login',
      status: 'final',
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.010Z',
      results: [
        {
          action_id: 'a',
          action_name: 'gate',
          version_id: 'v',
          binding_id: 'b',
          handler: 'onExecutePostLogin',
          started_at: '2026-01-01T00:00:00.000Z',
          ended_at: '2026-01-01T00:00:00.010Z',
          cold: true,
          action_duration_ms: 3,
          boot_duration_ms: 5,
          console: [
            { level: 'log', text: 'one', at: '' },
            { level: 'error', text: 'two', at: '' },
          ],
          error: { name: 'TypeError', message: 'no', code: 'action_error' },
          calls: [],
          requests: [{ method: 'GET', host: 'api.example.com', status: 200, duration_ms: 1.5 }],
          dropped_claims: [],
        },
      ],
    };
    tenant.store.executions.insert(record);
    const { body } = await tenant.call('GET', '/actions/executions/execution1');
    expect(body).toEqual({
      id: 'execution1',
      trigger_id: 'post-login',
      status: 'final',
      created_at: record.created_at,
      updated_at: record.updated_at,
      results: [
        {
          action_name: 'gate',
          action_id: 'a',
          binding_id: 'b',
          version_id: 'v',
          error: { id: 'action_error', msg: 'no' },
          response: {
            error: { name: 'TypeError', message: 'no' },
            stats: {
              total_request_duration_ms: 10,
              total_runtime_execution_duration_ms: 8,
              runtime_processing_duration_ms: 2,
              action_duration_ms: 3,
              runtime_external_call_duration_ms: 0,
              boot_duration_ms: 5,
              network_duration_ms: 0,
            },
            logs: 'one\ntwo',
            requests: [{ method: 'GET', host: 'api.example.com', status: 200, duration_ms: 1.5 }],
          },
          started_at: '2026-01-01T00:00:00.000Z',
          ended_at: '2026-01-01T00:00:00.010Z',
        },
      ],
    });
    // An execution stored before requests were recorded.
    const [{ requests: _, ...older }] = record.results as [ExecutionRecord['results'][0]];
    tenant.store.executions.insert({ ...record, id: 'execution2', results: [older] });
    const before = await tenant.call('GET', '/actions/executions/execution2');
    expect(before.body.results[0].response.requests).toEqual([]);
    expect((await tenant.call('GET', '/actions/executions/none')).body).toEqual({
      ...missing,
      message: 'That execution does not exist.',
    });
  });
});
