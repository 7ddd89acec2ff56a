import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;

beforeAll(async () => {
  tenant = await tenantWithActions();
});

afterAll(() => tenant.close());

let count = 0;

/** Publishes a module; returns its id and name. */
async function published(code: string, more: { secrets?: { name: string; value: string }[]; packages?: true } = {}) {
  count += 1;
  const { id, name } = await tenant.engine.lifecycle.modules.create({
    name: `module ${count}/é`,
    code,
    publish: true,
    ...(more.secrets && { secrets: more.secrets }),
    ...(more.packages && { dependencies: [{ name: 'is-number', version: '7.0.0' }] }),
  });
  return { id, name, reference: [{ module_id: id }] };
}

const told1 = async () => claimValue(await tenant.login());

describe('an Action', () => {
  test('requires a module by its name, in the version that it is pinned to when deployed', async () => {
    const { lifecycle } = tenant.engine;
    const { id, name, reference } = await published("exports.greet = (who) => 'Hello, ' + who;");
    const code = claimAction(`require('actions:${name}').greet(event.user.name)`);
    const [action] = await tenant.bound({ code, modules: reference });
    const actionId = action?.id ?? '';
    expect(await told1()).toBe('Hello, Ada');

    await lifecycle.modules.update(id, { code: "exports.greet = (who) => 'Bye, ' + who;" });
    expect(await told1()).toBe('Hello, Ada');
    const second = lifecycle.modules.publish(id);
    expect(second.number).toBe(2);
    expect(await told1()).toBe('Hello, Ada');

    await lifecycle.update(actionId, { modules: [{ module_version_id: second.id }] });
    await tenant.engine.ready();
    expect(await told1()).toBe('Hello, Ada');
    lifecycle.deploy(actionId);
    expect(await told1()).toBe('Bye, Ada');

    const [, first] = tenant.store.actions.versions(actionId, { page: 0, perPage: 10 }).rows;
    lifecycle.redeploy(actionId, first?.id ?? '', { updateDraft: true });
    expect(await told1()).toBe('Hello, Ada');
    expect(tenant.store.actions.find(actionId)?.modules).toMatchObject([{ module_version_number: 1 }]);
  });

  test('does not see what it does not name, and a module none of the others', async () => {
    const one = await published('exports.x = 1;');
    const nosy = await published(`exports.x = () => require('actions:${one.name}');`);
    await tenant.bound(claimAction(`require('actions:${one.name}')`));
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: `Cannot find module 'actions:${one.name}'` });
    await tenant.bound({
      code: claimAction(`require('actions:${nosy.name}').x()`),
      modules: [...one.reference, ...nosy.reference],
    });
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: `Cannot find module 'actions:${one.name}'` });
  });

  test('shares one instance of a module between all that require it while the process is warm', async () => {
    const { name, reference } = await published('let count = 0; exports.next = () => (count += 1);');
    await tenant.bound({
      code: claimAction(`(require('actions:${name}').next(), require('actions:${name}').next())`),
      modules: reference,
    });
    expect([await told1(), await told1()]).toEqual([2, 4]);
  });
});

describe('a module', () => {
  test('has secrets and packages of its own', async () => {
    const { name, reference } = await published(
      `exports.look = () => [actions.secrets, Object.isFrozen(actions.secrets), require('is-number')(5)];`,
      { secrets: [{ name: 'KEY', value: 'of the module' }], packages: true },
    );
    const outside = `(() => { try { return require('is-number') } catch (error) { return error.code } })()`;
    await tenant.bound({
      code: claimAction(`[require('actions:${name}').look(), event.secrets, typeof actions, ${outside}]`),
      modules: reference,
      secrets: [{ name: 'KEY', value: 'of the Action' }],
    });
    expect(await told1()).toEqual([
      [{ KEY: 'of the module' }, true, true],
      { KEY: 'of the Action' },
      'undefined',
      'MODULE_NOT_FOUND',
    ]);
  });

  test('never has its secrets in the record of an execution', async () => {
    const { name, reference } = await published(
      `exports.tell = () => { console.log('key ' + actions.secrets.KEY); throw new Error('bad ' + actions.secrets.KEY); };`,
      { secrets: [{ name: 'KEY', value: 'hunter2-hunter2' }] },
    );
    const [action] = await tenant.bound({ code: handler(`require('actions:${name}').tell()`), modules: reference });
    const outcome = await tenant.login();
    expect(outcome).toMatchObject({ kind: 'error', message: 'bad [secret KEY]' });
    const results = tenant.results(outcome);
    expect(results[0]?.console).toMatchObject([{ text: 'key [secret KEY]' }]);
    expect(JSON.stringify([outcome, results])).not.toContain('hunter2');
    const payload = await tenant.engine.lifecycle.test(action?.id ?? '', { event: { tenant: { id: 't' }, user: {} } });
    expect(payload).toMatchObject({ error: { message: 'bad [secret KEY]' } });
  });

  test('that throws when it is loaded fails every login, and shows no path of the machine', async () => {
    const { name, reference } = await published(`throw new TypeError('not today');`, { packages: true });
    await tenant.bound({ code: handler(`require('actions:${name}')`), modules: reference });
    for (const _ of [1, 2]) {
      const outcome = await tenant.login();
      expect(outcome).toMatchObject({ kind: 'error', errorClass: 'action_error', message: 'not today' });
      const stack = tenant.results(outcome)[0]?.error?.stack ?? '';
      expect(stack).toContain(`actions:${encodeURIComponent(name)}.js`);
      expect(stack).not.toMatch(/\(\/(?!actions:)/);
    }
  });

  test('that cannot be parsed does not fail the build of the Action, but its run', async () => {
    const { name, reference } = await published('exports.x = (');
    await tenant.bound({ code: handler(`require('actions:${name}')`), modules: reference });
    expect(await tenant.login()).toMatchObject({
      kind: 'error',
      message: expect.stringMatching(/^Unexpected end of input/),
    });
  });
});
