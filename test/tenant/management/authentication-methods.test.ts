import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../../local-tenant.ts';

let local: LocalTenant;
beforeAll(async () => {
  local = await startLocalTenant();
});
afterAll(() => local.tenant.close());

let number = 0;
async function newUser(): Promise<string> {
  number += 1;
  const email = `enrolled${number}@example.com`;
  const body = { connection: 'Username-Password-Authentication', email, password: 'correct Horse 1' };
  return (await local.management.users.create(body)).user_id ?? '';
}
const listMethods = async (user: string) => (await local.management.users.authenticationMethods.list(user)).data;

describe('authentication methods, through the official package', () => {
  it('are enrolled, renamed, listed with private data masked, and deleted', async () => {
    const { authenticationMethods } = local.management.users;
    const user = await newUser();
    const { id = '' } = await authenticationMethods.create(user, { type: 'phone', phone_number: '+491701234567' });
    expect(id).toMatch(/^phone\|dev_\w{16}$/);
    const renamed = await authenticationMethods.update(user, id, {
      name: 'Mobile',
      preferred_authentication_method: 'voice',
    });
    expect(renamed).toMatchObject({ name: 'Mobile', phone_number: 'XXXXXXXXX4567' });
    expect(await authenticationMethods.get(user, id)).toEqual({
      id,
      type: 'phone',
      confirmed: true,
      name: 'Mobile',
      phone_number: 'XXXXXXXXX4567',
      preferred_authentication_method: 'voice',
      authentication_methods: [{ id: id.replace('phone', 'voice'), type: 'voice' }],
      created_at: expect.any(String),
    });
    await authenticationMethods.delete(user, id);
    expect(await listMethods(user)).toEqual([]);
    await expect(authenticationMethods.get(user, id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(authenticationMethods.delete(user, id)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('are replaced all together, or not at all', async () => {
    const { authenticationMethods } = local.management.users;
    const user = await newUser();
    await authenticationMethods.create(user, { type: 'email', email: 'first@example.com' });
    const phone = { type: 'phone', phone_number: '+491701234567' } as const;
    await expect(authenticationMethods.set(user, [phone, phone])).rejects.toMatchObject({ statusCode: 409 });
    expect((await listMethods(user)).map(({ type }) => type)).toEqual(['email']);
    await authenticationMethods.set(user, [phone, { type: 'totp', totp_secret: 'JBSWY3DPEHPK3PXP' }]);
    const methods = await listMethods(user);
    expect(methods.map(({ type }) => type)).toEqual(['phone', 'totp']);
    expect(JSON.stringify(methods)).not.toContain('JBSWY3DPEHPK3PXP');
    await authenticationMethods.deleteAll(user);
    expect(await listMethods(user)).toEqual([]);
  });

  it('need the members of their type, and belong to one user', async () => {
    const { authenticationMethods } = local.management.users;
    const [user, other] = [await newUser(), await newUser()];
    await expect(authenticationMethods.create(user, { type: 'phone' })).rejects.toMatchObject({
      statusCode: 400,
      body: {
        errorCode: 'invalid_body',
        message: "Payload validation error: 'Missing required property: phone_number'.",
      },
    });
    const { id = '' } = await authenticationMethods.create(user, { type: 'email', email: 'mine@example.com' });
    await expect(authenticationMethods.get(other, id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(
      authenticationMethods.update(user, id, { preferred_authentication_method: 'sms' }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it('are deleted with the user', async () => {
    const user = await newUser();
    await local.management.users.authenticationMethods.create(user, { type: 'email', email: 'gone@example.com' });
    await local.management.users.delete(user);
    await expect(listMethods(user)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('allow a recovery code to be created, one at a time, and none without them', async () => {
    const { management } = local;
    const user = await newUser();
    await expect(management.users.regenerateRecoveryCode(user)).rejects.toMatchObject({ statusCode: 404 });
    await management.users.authenticationMethods.create(user, { type: 'email', email: 'code@example.com' });
    const first = await management.users.regenerateRecoveryCode(user);
    const second = await management.users.regenerateRecoveryCode(user);
    expect(first.recovery_code).toMatch(/^[A-Z1-9]{24}$/);
    expect(second.recovery_code).not.toBe(first.recovery_code);
    expect((await listMethods(user)).map(({ type }) => type)).toEqual(['email', 'recovery-code']);
  });
});

describe('effective permissions, through the official package', () => {
  it('list each permission once, with its sources', async () => {
    const { management } = local;
    const identifier = 'https://orders.example.com/';
    await management.resourceServers.create({
      identifier,
      name: 'Orders',
      scopes: [{ value: 'read:orders', description: 'Read orders' }, { value: 'write:orders' }],
    });
    const permission = (permission_name: string) => ({ resource_server_identifier: identifier, permission_name });
    const user = await newUser();
    const role = await management.roles.create({ name: 'Clerk' });
    await management.roles.permissions.add(role.id ?? '', {
      permissions: [permission('read:orders'), permission('write:orders')],
    });
    await management.users.roles.assign(user, { roles: [role.id ?? ''] });
    await management.users.permissions.create(user, { permissions: [permission('read:orders')] });

    const { effectivePermissions } = management.users;
    const query = { resource_server_identifier: identifier };
    const found = [];
    for await (const each of await effectivePermissions.list(user, { ...query, take: 1 })) found.push(each);
    expect(found.map(({ permission_name, sources }) => [permission_name, sources])).toEqual([
      ['read:orders', ['direct', 'roles']],
      ['write:orders', ['roles']],
    ]);
    expect(found[0]).toMatchObject({ resource_server_name: 'Orders', description: 'Read orders' });
    const none = await effectivePermissions.list(user, { resource_server_identifier: 'https://none.example.com/' });
    expect(none.data).toEqual([]);
    const sources = await effectivePermissions.sources.roles.list(user, {
      ...query,
      permission_name: 'write:orders',
    });
    expect(sources.data).toEqual([{ id: role.id, name: 'Clerk', description: '', sources: ['direct'] }]);
  });
});
