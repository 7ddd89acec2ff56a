// Does the article's steps in Auth0's dashboard with the official SDK: a role, an application for the Action with its
// permissions, an Action with a dependency and secrets, deployed and bound. Knows only AUTH0_* and, for a local tenant,
// NODE_EXTRA_CA_CERTS. Prints what it created as JSON.
import { setTimeout as pause } from 'node:timers/promises';
import { ManagementClient } from 'auth0';

const domain = process.env.AUTH0_DOMAIN ?? '';
const management = new ManagementClient({
  domain,
  clientId: process.env.AUTH0_CLIENT_ID ?? '',
  clientSecret: process.env.AUTH0_CLIENT_SECRET ?? '',
});

const role = await management.roles.create({ name: 'Default role', description: 'Everybody who may enter' });
const machine = await management.clients.create({ name: 'Assign roles', app_type: 'non_interactive' });
await management.clientGrants.create({
  client_id: machine.client_id ?? '',
  audience: `https://${domain}/api/v2/`,
  scope: ['read:users', 'read:roles', 'update:roles'],
});
const action = await management.actions.create({
  name: 'Assign default role',
  supported_triggers: [{ id: 'post-login', version: 'v3' }],
  runtime: 'node22',
  dependencies: [{ name: 'auth0', version: '3.7.2' }],
  secrets: [
    { name: 'domain', value: domain },
    { name: 'clientId', value: machine.client_id ?? '' },
    { name: 'clientSecret', value: machine.client_secret ?? '' },
    { name: 'defaultRole', value: role.id ?? '' },
  ],
  code: `
    const { ManagementClient } = require('auth0');
    exports.onExecutePostLogin = async (event, api) => {
      const { domain, clientId, clientSecret, defaultRole } = event.secrets;
      const management = new ManagementClient({ domain, clientId, clientSecret });
      const held = await management.getUserRoles({ id: event.user.user_id });
      if (held.some((role) => role.id === defaultRole || role.name.startsWith('ORG:'))) return;
      await management.roles.assignUsers({ id: defaultRole }, { users: [event.user.user_id] });
      api.idToken.setCustomClaim('https://apex.example.com/roles', [defaultRole]);
    };`,
});
const id = action.id ?? '';
for (let status = action.status; status !== 'built'; { status } = await management.actions.get(id)) {
  if (status === 'failed') throw new Error('The Action could not be built.');
  await pause(200);
}
await management.actions.deploy(id);
await management.actions.triggers.bindings.updateMany('post-login', {
  bindings: [{ ref: { type: 'action_id', value: id }, display_name: 'Assign default role' }],
});
console.log(JSON.stringify({ roleId: role.id, actionId: id }));
