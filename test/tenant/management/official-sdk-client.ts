// Run by official-sdk.test.ts in its own process, in which the official package trusts only the tenant's authority and
// nothing else is set up. Prints its results as one line of JSON on standard output.
import { ManagementClient, ManagementError } from 'auth0';
import { untilBuilt } from '../../until.ts';

const { DOMAIN = '', TOKEN = '', CALLER = '' } = process.env;
const tenant = new ManagementClient({ domain: DOMAIN, token: TOKEN });
const results: Record<string, unknown> = {};

const role = await tenant.roles.create({ name: 'default', description: 'Everybody' });
const roleId = role.id ?? '';
const application = await tenant.clients.create({
  name: 'APEX',
  app_type: 'regular_web',
  callbacks: ['https://apex.example/ords/apex_authentication.callback'],
  allowed_logout_urls: ['https://apex.example/ords/r/public'],
});
const clientId = application.client_id ?? '';
const api = await tenant.resourceServers.create({
  name: 'API',
  identifier: 'https://api.example/',
  scopes: [{ value: 'read:things' }],
});
const grant = await tenant.clientGrants.create({
  client_id: clientId,
  audience: api.identifier ?? '',
  scope: ['read:things'],
});
results.grant = (await tenant.clientGrants.get(grant.id ?? '')).scope;
results.application = (await tenant.clients.get(clientId)).callbacks;

const connections = await tenant.connections.list({ name: 'Username-Password-Authentication' });
const connectionId = connections.data[0]?.id ?? '';
await tenant.connections.clients.update(connectionId, [{ client_id: CALLER, status: true }]);
const enabled = await tenant.connections.clients.get(connectionId);
results.enabled = enabled.data.map((client) => client.client_id).includes(CALLER);

const users: string[] = [];
for (const name of ['ada', 'bob', 'cyd']) {
  const user = await tenant.users.create({
    connection: 'Username-Password-Authentication',
    email: `${name}@example.com`,
    password: 'correct Horse 1',
    email_verified: true,
    app_metadata: { name },
  });
  users.push(user.user_id ?? '');
}
await tenant.roles.users.assign(roleId, { users });
results.roles = (await tenant.users.roles.list(users[0] ?? '')).data.map(({ name }) => name);
await tenant.users.roles.delete(users[2] ?? '', { roles: [roleId] });
const members: (string | undefined)[] = [];
for await (const member of await tenant.roles.users.list(roleId, { take: 1 })) members.push(member.email);
results.members = members;
const allUsers: (string | undefined)[] = [];
for await (const user of await tenant.users.list({ per_page: 2 })) allUsers.push(user.email);
results.allUsers = allUsers;
results.byEmail = (await tenant.users.listUsersByEmail({ email: 'BOB@example.com' })).map(
  ({ user_id }) => user_id === users[1],
);
await tenant.users.update(users[1] ?? '', { app_metadata: { seen: true } });
results.metadata = (await tenant.users.get(users[1] ?? '')).app_metadata;

const action = await tenant.actions.create({
  name: 'gate',
  supported_triggers: [{ id: 'post-login', version: 'v3' }],
  code: 'exports.onExecutePostLogin = async (event, api) => {};',
  secrets: [{ name: 'DOMAIN', value: DOMAIN }],
});
const actionId = action.id ?? '';
await untilBuilt(() => tenant.actions.get(actionId));
const version = await tenant.actions.deploy(actionId);
await tenant.actions.triggers.bindings.updateMany('post-login', {
  bindings: [{ ref: { type: 'action_name', value: 'gate' }, display_name: 'gate' }],
});
const bindings = await tenant.actions.triggers.bindings.list('post-login');
results.bound = bindings.data.map(({ action: bound }) => bound?.deployed_version?.id === version.id);
results.versions = (await tenant.actions.versions.list(actionId)).data.map(({ number }) => number);
results.triggers = (await tenant.actions.triggers.list()).triggers?.some(({ id }) => id === 'post-login');

const logs = await tenant.logs.list({ per_page: 100 });
results.logs = [...new Set(logs.data.map(({ type }) => type))];
results.friendlyName = (await tenant.tenants.settings.update({ friendly_name: 'Local' })).friendly_name;

const failures: [string, () => Promise<unknown>][] = [
  ['missing', () => tenant.roles.get('rol_none')],
  ['invalid', () => tenant.roles.create({ name: '' })],
  ['taken', () => tenant.roles.create({ name: 'default' })],
  ['boundDelete', () => tenant.actions.delete(actionId)],
  ['unbuilt', () => tenant.keys.customSigning.get()],
];
for (const [name, fail] of failures) {
  try {
    await fail();
    results[name] = 'no error';
  } catch (error) {
    results[name] = error instanceof ManagementError ? [error.statusCode, error.constructor.name] : String(error);
  }
}
await tenant.actions.delete(actionId, { force: true });
results.deleted = (await tenant.actions.list()).data.length;
console.log(JSON.stringify(results));
