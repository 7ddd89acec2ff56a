import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProblemCode } from '../../src/problem/catalogue.ts';
import type { ActionInput } from '../../src/tenant/actions/library/action-lifecycle.ts';
import type { ActionRecord } from '../../src/tenant/store/records/actions/action-repository.ts';
import { startRegistry } from './sandbox/npm-registry.ts';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;
let registry: Awaited<ReturnType<typeof startRegistry>>;
beforeAll(async () => {
  registry = await startRegistry([]);
});
afterAll(() => registry.close());

beforeEach(async () => {
  vi.stubEnv('npm_config_registry', registry.url);
  tenant = await tenantWithActions();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await tenant.close();
});

const everything = { page: 0, perPage: 100 };

function input(changes: Partial<ActionInput> = {}): ActionInput {
  return { name: 'greet', supported_triggers: [{ id: 'post-login', version: 'v3' }], code: handler(''), ...changes };
}

/** The registry has no such package. */
const unbuildable = { dependencies: [{ name: 'missing-of-tests', version: '1.0.0' }] };

function stored(id: string): ActionRecord | undefined {
  return tenant.store.actions.find(id);
}

async function refusal(work: () => unknown): Promise<ProblemCode | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return (error as { code: ProblemCode }).code;
  }
}

describe('a draft', () => {
  test('is pending, then building, then built', async () => {
    const { lifecycle } = tenant.engine;
    const created = await lifecycle.create(input());
    expect(created).toMatchObject({
      status: 'pending',
      runtime: 'node22',
      all_changes_deployed: false,
      dependencies: [],
    });
    expect(created.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(stored(created.id)?.status).toBe('pending');
    await new Promise((resolve) => setImmediate(resolve));
    expect(['building', 'built']).toContain(stored(created.id)?.status);
    await tenant.engine.ready();
    expect(stored(created.id)).toMatchObject({ status: 'built', built_at: expect.any(String) });
  });

  test.each([
    ['is no JavaScript', 'exports.x = {'],
    ['is a module', "import x from 'y';"],
  ])('is built, deployed and bound even if its code %s', async (_, code) => {
    const { lifecycle } = tenant.engine;
    const { id } = await lifecycle.create(input({ code }));
    await tenant.engine.ready();
    expect(stored(id)).toMatchObject({ status: 'built', build_errors: [] });
    expect(lifecycle.deploy(id)).toMatchObject({ number: 1, status: 'built' });
    lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: id } }]);
    lifecycle.bind('post-login', []);
  });

  test('fails to build with a package that no registry can have', async () => {
    const { lifecycle } = tenant.engine;
    const { id } = await lifecycle.create(input(unbuildable));
    await tenant.engine.ready();
    expect(stored(id)).toMatchObject({ status: 'failed', build_errors: [{ id: 'build_failed' }] });
    expect(await refusal(() => lifecycle.deploy(id))).toBe('not_built');
    await lifecycle.update(id, { dependencies: [] });
    await tenant.engine.ready();
    expect(stored(id)).toMatchObject({ status: 'built', build_errors: [] });
  });

  test('that changes during its build ends with the last change', async () => {
    const { lifecycle } = tenant.engine;
    const { id } = await lifecycle.create(input());
    await lifecycle.update(id, unbuildable);
    await tenant.engine.ready();
    expect(stored(id)?.status).toBe('failed');
  });

  test('keeps the value of a secret that is sent without one, and drops secrets that are not sent', async () => {
    const { lifecycle } = tenant.engine;
    const { id } = await lifecycle.create(
      input({
        secrets: [
          { name: 'A', value: 'old a' },
          { name: 'B', value: 'old b' },
        ],
      }),
    );
    const before = stored(id)?.secrets;
    const after = await lifecycle.update(id, { secrets: [{ name: 'A' }, { name: 'C', value: 'new c' }] });
    expect(after.secrets).toEqual([before?.[0], { name: 'C', value: 'new c', updated_at: expect.any(String) }]);
    expect(await refusal(() => lifecycle.update(id, { secrets: [{ name: 'D' }] }))).toBe('invalid');
  });

  test('that is only renamed is not built again', async () => {
    const action = await tenant.deployed(handler(''));
    const renamed = await tenant.engine.lifecycle.update(action.id, { name: 'other' });
    expect(renamed).toMatchObject({ name: 'other', status: 'built', all_changes_deployed: true });
  });
});

describe('the lifecycle refuses', () => {
  const many = <Item>(count: number, make: (number: number) => Item): Item[] =>
    Array.from({ length: count }, (_, number) => make(number));

  test.each<[string, Partial<ActionInput>, ProblemCode]>([
    ['no name', { name: ' ' }, 'invalid'],
    ['code over 100 kB', { code: 'x'.repeat(102_401) }, 'too_large'],
    ['31 secrets', { secrets: many(31, (n) => ({ name: `S${n}`, value: 'v' })) }, 'too_many'],
    ['a secret over 4096 characters', { secrets: [{ name: 'S', value: 'v'.repeat(4097) }] }, 'too_large'],
    ['a secret’s name over 128 characters', { secrets: [{ name: 'S'.repeat(129), value: 'v' }] }, 'too_large'],
    [
      'a secret twice',
      {
        secrets: [
          { name: 'S', value: '1' },
          { name: 'S', value: '2' },
        ],
      },
      'invalid',
    ],
    ['11 dependencies', { dependencies: many(11, (n) => ({ name: `d${n}`, version: '1.0.0' })) }, 'too_many'],
    ['a dependency from a file', { dependencies: [{ name: 'x', version: 'file:../..' }] }, 'invalid'],
    ['a dependency from a repository', { dependencies: [{ name: 'x', version: 'github:a/b' }] }, 'invalid'],
    ['a dependency by address', { dependencies: [{ name: 'x', version: 'https://a.test/x.tgz' }] }, 'invalid'],
    ['an option for npm as a name', { dependencies: [{ name: '--global', version: '1.0.0' }] }, 'invalid'],
    ['a path as a name', { dependencies: [{ name: '../x', version: '1.0.0' }] }, 'invalid'],
    ['an unknown trigger', { supported_triggers: [{ id: 'pre-login', version: 'v1' }] }, 'unknown_trigger'],
    ['an unknown version', { supported_triggers: [{ id: 'post-login', version: 'v9' }] }, 'unknown_trigger'],
    ['no trigger', { supported_triggers: [] }, 'invalid'],
    ['an unknown runtime', { runtime: 'deno' }, 'invalid'],
    [
      'a dependency that npm would read as an option',
      { dependencies: [{ name: 'x', version: '1 --global' }] },
      'invalid',
    ],
  ])('%s', async (_, changes, code) => {
    expect(await refusal(() => tenant.engine.lifecycle.create(input(changes)))).toBe(code);
    expect(tenant.store.actions.list({}, everything).total).toBe(0);
  });

  test('a name that exists, at creation and at a change', async () => {
    const { lifecycle } = tenant.engine;
    await lifecycle.create(input());
    const { id } = await lifecycle.create(input({ name: 'other' }));
    expect(await refusal(() => lifecycle.create(input()))).toBe('name_taken');
    expect(await refusal(() => lifecycle.update(id, { name: 'greet' }))).toBe('name_taken');
    expect(await refusal(() => lifecycle.update('unknown', {}))).toBe('not_found');
  });
});

describe('a deployment', () => {
  test('freezes the draft; logins run it until the next, and never the draft', async () => {
    const [action] = await tenant.bound(claimAction('"one"'));
    const id = action?.id ?? '';
    await tenant.engine.lifecycle.update(id, { code: claimAction('"two"') });
    await tenant.engine.ready();
    expect(stored(id)?.all_changes_deployed).toBe(false);
    expect(claimValue(await tenant.login())).toBe('one');
    const second = tenant.engine.lifecycle.deploy(id);
    expect(second).toMatchObject({ number: 2, status: 'built', code: claimAction('"two"') });
    expect(stored(id)).toMatchObject({ all_changes_deployed: true, deployed_version_id: second.id });
    expect(claimValue(await tenant.login())).toBe('two');
  });

  test('of an earlier version is a new one, and leaves the draft alone unless asked', async () => {
    const [action] = await tenant.bound(claimAction('"one"'));
    const id = action?.id ?? '';
    const first = action?.deployed_version_id ?? '';
    await tenant.engine.lifecycle.update(id, { code: claimAction('"two"') });
    await tenant.engine.ready();
    tenant.engine.lifecycle.deploy(id);
    expect(tenant.engine.lifecycle.redeploy(id, first)).toMatchObject({ number: 3, code: claimAction('"one"') });
    expect(stored(id)).toMatchObject({ code: claimAction('"two"'), all_changes_deployed: false });
    expect(claimValue(await tenant.login())).toBe('one');
    tenant.engine.lifecycle.redeploy(id, first, { updateDraft: true });
    expect(stored(id)).toMatchObject({ code: claimAction('"one"'), all_changes_deployed: true });
    expect(await refusal(() => tenant.engine.lifecycle.redeploy(id, 'nothing'))).toBe('not_found');
  });

  test('can be requested at creation', async () => {
    const created = await tenant.engine.lifecycle.create(input({ deploy: true, code: claimAction('"at once"') }));
    const version = () => tenant.store.actions.findVersion(created.deployed_version_id ?? '');
    expect(created).toMatchObject({ status: 'pending', all_changes_deployed: true });
    expect(version()).toMatchObject({ number: 1, status: 'pending' });
    await tenant.engine.ready();
    expect(version()).toMatchObject({ status: 'built', built_at: expect.any(String) });
  });

  test('requested at creation does not happen if the build fails', async () => {
    const { lifecycle } = tenant.engine;
    const { id, deployed_version_id } = await lifecycle.create(input({ deploy: true, ...unbuildable }));
    await tenant.engine.ready();
    expect(stored(id)).toMatchObject({ status: 'failed', all_changes_deployed: false });
    expect(stored(id)).not.toHaveProperty('deployed_version_id');
    expect(tenant.store.actions.findVersion(deployed_version_id ?? '')).toBeUndefined();
    const bind = () => lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: id } }]);
    expect(await refusal(bind)).toBe('not_deployed');
    await lifecycle.update(id, { code: claimAction('"mended"'), dependencies: [] });
    await tenant.engine.ready();
    expect(lifecycle.deploy(id).number).toBe(1);
    bind();
    expect(claimValue(await tenant.login())).toBe('mended');
  });

  test('requested at creation builds the original draft, even if the draft changes at once', async () => {
    const { lifecycle } = tenant.engine;
    const { id, deployed_version_id } = await lifecycle.create(input({ deploy: true, code: claimAction('"first"') }));
    await lifecycle.update(id, unbuildable);
    await tenant.engine.ready();
    expect(stored(id)?.status).toBe('failed');
    expect(tenant.store.actions.findVersion(deployed_version_id ?? '')).toMatchObject({ status: 'built' });
    lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: id } }]);
    expect(claimValue(await tenant.login())).toBe('first');
  });

  test('keeps fifty versions: the oldest one that is not in use is removed', async () => {
    const action = await tenant.deployed(handler(''));
    for (let number = 2; number <= 52; number += 1) tenant.engine.lifecycle.deploy(action.id);
    const { rows } = tenant.store.actions.versions(action.id, everything);
    expect(rows.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, at) => at + 3),
    );
    expect(rows.some(({ id }) => id === stored(action.id)?.deployed_version_id)).toBe(true);
  });

  test('ends the processes of the version before', async () => {
    const [action] = await tenant.bound(handler(''));
    await tenant.login();
    const before = tenant.engine.sandboxPids();
    expect(before).toHaveLength(1);
    tenant.engine.lifecycle.deploy(action?.id ?? '');
    await tenant.login();
    await expect.poll(() => tenant.engine.sandboxPids().some((pid) => before.includes(pid))).toBe(false);
  });
});

describe('bindings', () => {
  const byId = (value: string) => ({ ref: { type: 'action_id' as const, value } });

  test('by id, name and earlier binding; all ids are new each time', async () => {
    const { lifecycle } = tenant.engine;
    const a = await tenant.deployed(handler(''));
    const b = await tenant.deployed(handler(''));
    const first = lifecycle.bind('post-login', [
      { ...byId(a.id), display_name: 'First' },
      { ref: { type: 'action_name', value: b.name } },
    ]);
    expect(first.map(({ action_id, display_name }) => [action_id, display_name])).toEqual([
      [a.id, 'First'],
      [b.id, b.name],
    ]);
    const second = lifecycle.bind('post-login', [{ ref: { type: 'binding_id', value: first[1]?.id ?? '' } }]);
    expect(second.map(({ action_id }) => action_id)).toEqual([b.id]);
    expect(second[0]?.id).not.toBe(first[1]?.id);
    expect(lifecycle.bind('post-login', [])).toEqual([]);
  });

  test('that are not possible are refused, and change nothing', async () => {
    const { lifecycle } = tenant.engine;
    const bound = await tenant.deployed(handler(''));
    const undeployed = await lifecycle.create(input());
    const other = await tenant.deployed('', { supported_triggers: [{ id: 'credentials-exchange', version: 'v2' }] });
    lifecycle.bind('post-login', [byId(bound.id)]);
    const before = tenant.store.bindings.list('post-login');
    expect(await refusal(() => lifecycle.bind('pre-login', []))).toBe('unknown_trigger');
    expect(await refusal(() => lifecycle.bind('post-login', [byId(bound.id), byId(undeployed.id)]))).toBe(
      'not_deployed',
    );
    expect(await refusal(() => lifecycle.bind('post-login', [byId('unknown')]))).toBe('not_found');
    expect(await refusal(() => lifecycle.bind('post-login', [byId(other.id)]))).toBe('invalid');
    expect(await refusal(() => lifecycle.bind('post-login', [byId(bound.id), byId(bound.id)]))).toBe('invalid');
    expect(await refusal(() => lifecycle.bind('post-login', Array(21).fill(byId(bound.id))))).toBe('too_many');
    expect(tenant.store.bindings.list('post-login')).toEqual(before);
  });

  test('keep an Action from being removed, unless forced', async () => {
    const [action] = await tenant.bound(handler(`api.access.deny('bound')`));
    const id = action?.id ?? '';
    expect(await refusal(() => tenant.engine.lifecycle.remove(id, { force: false }))).toBe('bound');
    tenant.engine.lifecycle.remove(id, { force: true });
    expect(stored(id)).toBeUndefined();
    expect((await tenant.login()).kind).toBe('continue');
    expect(await refusal(() => tenant.engine.lifecycle.remove(id, { force: true }))).toBe('not_found');
  });
});
