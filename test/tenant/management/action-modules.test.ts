import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const code = "exports.greet = () => 'Hello';";
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const microseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const missing = { statusCode: 404, error: 'Not Found', message: 'The action module does not exist.' };

let number = 0;
async function make(members: object = {}) {
  number += 1;
  return tenant.call('POST', '/actions/modules', { name: `module ${number}`, code, ...members });
}
async function makeAction(modules: object[], members: object = {}) {
  number += 1;
  const answered = await tenant.call('POST', '/actions/actions', {
    name: `action ${number}`,
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    code: 'exports.onExecutePostLogin = async () => {};',
    modules,
    ...members,
  });
  await tenant.engine.ready();
  return answered;
}

describe('a module', () => {
  it('is a draft, then published, in Auth0’s shapes', async () => {
    const created = await make({ secrets: [{ name: 'KEY', value: 'hidden' }] });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: uuid,
      name: `module ${number}`,
      code,
      dependencies: [],
      secrets: [{ name: 'KEY', updated_at: microseconds }],
      all_changes_published: false,
      actions_using_module_total: 0,
      created_at: microseconds,
      updated_at: created.body.created_at,
    });
    const path = `/actions/modules/${created.body.id}`;
    const version = await tenant.call('POST', `${path}/versions`);
    expect(version.status).toBe(200);
    expect(version.body).toEqual({
      id: uuid,
      module_id: created.body.id,
      version_number: 1,
      code,
      secrets: created.body.secrets,
      dependencies: [],
      created_at: microseconds,
    });
    expect((await tenant.call('GET', `${path}/versions/${version.body.id}`)).body).toEqual(version.body);
    const { id } = version.body;
    expect((await tenant.call('GET', path)).body).toEqual({
      ...created.body,
      all_changes_published: true,
      latest_version: { id, version_number: 1, code, dependencies: [], secrets: created.body.secrets },
    });
    expect((await tenant.call('GET', `${path}/versions`)).body).toEqual({
      versions: [version.body],
      total: 1,
      page: 0,
      per_page: 20,
    });
    expect((await tenant.call('GET', `${path}/versions?page=1&per_page=50`)).body).toEqual({
      versions: [],
      total: 0,
      page: 1,
      per_page: 50,
    });
    const { body: list } = await tenant.call('GET', '/actions/modules?per_page=100');
    expect(list.modules).toContainEqual({ ...created.body, all_changes_published: true, latest_version_number: 1 });
  });

  it('can be published at creation', async () => {
    const { body } = await make({ publish: true });
    expect(body).toMatchObject({ all_changes_published: true, latest_version: { version_number: 1, code } });
  });

  it('is published again only if its draft has changed, and rolled back', async () => {
    const { body: created } = await make({ publish: true });
    const path = `/actions/modules/${created.id}`;
    const first = created.latest_version.id;
    expect(await tenant.call('POST', `${path}/versions`)).toMatchObject({
      status: 409,
      body: { message: 'No draft version is available to publish.' },
    });
    expect((await tenant.call('POST', `${path}/rollback`, { module_version_id: first })).status).toBe(409);
    const { body: changed } = await tenant.call('PATCH', path, { code: 'exports.x = 1;' });
    expect(changed).toMatchObject({
      code: 'exports.x = 1;',
      all_changes_published: false,
      latest_version: { id: first, code },
    });
    expect((await tenant.call('POST', `${path}/versions`)).body.version_number).toBe(2);
    const rolledBack = await tenant.call('POST', `${path}/rollback`, { module_version_id: first });
    expect(rolledBack.status).toBe(200);
    expect(rolledBack.body).toMatchObject({
      code,
      all_changes_published: false,
      latest_version: { version_number: 2 },
    });
    expect((await tenant.call('POST', `${path}/versions`)).body).toMatchObject({ version_number: 3, code });
    const other = await make({ publish: true });
    const foreign = { module_version_id: other.body.latest_version.id };
    expect((await tenant.call('POST', `${path}/rollback`, foreign)).status).toBe(404);
    expect((await tenant.call('GET', `${path}/versions/${other.body.latest_version.id}`)).status).toBe(404);
  });

  it('never returns its secrets', async () => {
    const { body } = await make({ secrets: [{ name: 'KEY', value: 'a hidden value' }], publish: true });
    const path = `/actions/modules/${body.id}`;
    await tenant.call('PATCH', path, { secrets: [{ name: 'OTHER', value: 'another hidden value' }] });
    const answers = await Promise.all(
      [path, `${path}/versions`, `${path}/versions/${body.latest_version.id}`, '/actions/modules?per_page=100'].map(
        (one) => tenant.call('GET', one),
      ),
    );
    expect(JSON.stringify(answers)).not.toContain('hidden value');
    expect((await tenant.call('GET', '/logs?per_page=100')).body.length).toBeGreaterThan(0);
    expect(JSON.stringify((await tenant.call('GET', '/logs?per_page=100')).body)).not.toContain('hidden value');
  });

  it('shows which deployed Actions use it, and cannot be deleted while one does', async () => {
    const { body: module } = await make({ publish: true });
    const path = `/actions/modules/${module.id}`;
    const pinned = {
      module_id: module.id,
      module_name: module.name,
      module_version_id: module.latest_version.id,
      module_version_number: 1,
    };
    const { status, body: action } = await makeAction([
      { module_id: module.id, module_version_id: pinned.module_version_id },
    ]);
    expect(status).toBe(201);
    expect(action.modules).toEqual([pinned]);
    expect((await tenant.call('GET', `${path}/actions`)).body).toEqual({ actions: [], per_page: 20 });
    expect(await tenant.call('DELETE', path)).toMatchObject({ status: 412 });

    const { body: version } = await tenant.call('POST', `/actions/actions/${action.id}/deploy`);
    expect(version.modules).toEqual([pinned]);
    expect((await tenant.call('GET', `/actions/actions/${action.id}`)).body).toMatchObject({
      modules: [pinned],
      deployed_version: { modules: [pinned] },
    });
    const user = {
      action_id: action.id,
      action_name: action.name,
      module_version_id: pinned.module_version_id,
      module_version_number: 1,
    };
    expect((await tenant.call('GET', `${path}/actions`)).body).toEqual({ actions: [user], total: 1, per_page: 20 });
    expect((await tenant.call('GET', path)).body.actions_using_module_total).toBe(1);

    // The draft no longer uses it, the deployed version does.
    await tenant.call('PATCH', `/actions/actions/${action.id}`, { modules: [] });
    await tenant.engine.ready();
    expect((await tenant.call('GET', `/actions/actions/${action.id}`)).body).not.toHaveProperty('modules');
    expect(await tenant.call('DELETE', path)).toMatchObject({
      status: 412,
      body: { error: 'Precondition Failed', message: expect.stringContaining('in use by one or more actions') },
    });
    await tenant.call('POST', `/actions/actions/${action.id}/deploy`);
    expect((await tenant.call('DELETE', path)).status).toBe(204);
    expect((await tenant.call('GET', path)).body).toEqual(missing);
    // The version that used it cannot be restored.
    const old = await tenant.call('POST', `/actions/actions/${action.id}/versions/${version.id}/deploy`);
    expect(old.status).toBe(400);
  });

  it.each([
    ['without code', { code: undefined }],
    ['with too much code', { code: 'x'.repeat(65_537) }],
    ['with 31 secrets', { secrets: Array.from({ length: 31 }, (_, at) => ({ name: `S${at}`, value: 'v' })) }],
    ['with a secret without a value', { secrets: [{ name: 'A' }] }],
    [
      'with 11 dependencies',
      { dependencies: Array.from({ length: 11 }, (_, at) => ({ name: `d${at}`, version: '1.0.0' })) },
    ],
    ['with a dependency that is a path', { dependencies: [{ name: '../evil', version: '1.0.0' }] }],
    ['with members that it does not have', { runtime: 'node22' }],
  ])('%s is refused', async (_, members) => {
    const { status, body } = await make(members);
    expect(status).toBe(400);
    expect(body.errorCode).toBe('invalid_body');
  });

  it('has a unique name, which cannot change', async () => {
    const { body } = await make();
    expect(await make({ name: body.name })).toMatchObject({
      status: 409,
      body: { message: 'An action module with the same name already exists.' },
    });
    expect((await tenant.call('PATCH', `/actions/modules/${body.id}`, { name: 'other' })).status).toBe(400);
  });

  it('that does not exist is not found', async () => {
    const path = '/actions/modules/6f9d7ec7-d1a5-41d5-9127-ab8a3efe11fb';
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['PATCH', '', {}],
      ['DELETE', '', undefined],
      ['GET', '/actions', undefined],
      ['GET', '/versions', undefined],
      ['POST', '/versions', undefined],
      ['GET', '/versions/1', undefined],
      ['POST', '/rollback', { module_version_id: '1' }],
    ] as const) {
      expect((await tenant.call(method, path + suffix, body)).body, method + suffix).toEqual(missing);
    }
  });

  it('stores fifty versions: the oldest that no Action uses is removed', async () => {
    const { body } = await make({ publish: true });
    const { modules } = tenant.engine.lifecycle;
    for (let version = 2; version <= 50; version += 1) {
      await modules.update(body.id, { code: `exports.x = ${version};` });
      modules.publish(body.id);
    }
    await makeAction([{ module_id: body.id, module_version_number: 1 }]);
    await modules.update(body.id, { code: 'exports.x = 51;' });
    modules.publish(body.id);
    const { rows, total } = tenant.store.actionModules.versions(body.id, { page: 0, perPage: 100 });
    expect([total, rows.at(0)?.number, rows.at(-2)?.number, rows.at(-1)?.number]).toEqual([50, 51, 3, 1]);
  });
});

describe('an Action', () => {
  it('uses the latest version if it names none, and up to three modules', async () => {
    const created = await Promise.all([1, 2, 3, 4].map(() => make({ publish: true })));
    const references = created.map(({ body }) => ({ module_name: body.name }));
    expect((await makeAction(references)).status).toBe(400);
    const { body } = await makeAction(references.slice(0, 3));
    expect(body.modules.map((one: { module_version_number: number }) => one.module_version_number)).toEqual([1, 1, 1]);
  });

  it('cannot use an unpublished module, another module’s version, or one module twice', async () => {
    const { body: draft } = await make();
    const { body: one } = await make({ publish: true });
    const { body: two } = await make({ publish: true });
    for (const modules of [
      [{ module_id: draft.id }],
      [{ module_id: one.id, module_version_id: two.latest_version.id }],
      [{ module_id: one.id, module_version_number: 2 }],
      [{ module_id: one.id }, { module_name: one.name }],
      [{}],
    ]) {
      expect(await makeAction(modules), JSON.stringify(modules)).toMatchObject({
        status: 400,
        body: { errorCode: 'invalid_body' },
      });
    }
  });
});
