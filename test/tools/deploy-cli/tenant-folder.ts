import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const code = `const ms = require('ms');
exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim('https://apex.example.com/role', event.secrets.defaultRole);
  api.idToken.setCustomClaim('https://apex.example.com/day', ms('1d'));
};
`;

/** Writes a tenant in the form for the deploy CLI: roles, applications, a grant, an Action, and its binding. */
export function writeTenantFolder(folder: string, audience: string): void {
  mkdirSync(join(folder, 'actions'), { recursive: true });
  writeFileSync(join(folder, 'actions', 'code.js'), code);
  writeFileSync(
    join(folder, 'tenant.yaml'),
    `roles:
  - name: ORG:default
    description: Everybody who may enter
    permissions: []
  - name: ORG:manager
    description: A user who manages
    permissions: []
clients:
  - name: APEX
    app_type: regular_web
    callbacks: [https://apex.example.com/ords/apex_authentication.callback]
    allowed_logout_urls: [https://apex.example.com/]
  - name: Assign roles
    app_type: non_interactive
    grant_types: [client_credentials]
clientGrants:
  - client_id: Assign roles
    audience: ${audience}
    scope: [read:users, read:roles, update:roles]
actions:
  - name: Assign default role
    code: ./actions/code.js
    runtime: node22
    deployed: true
    dependencies: [{ name: ms, version: 2.1.3 }]
    secrets: [{ name: defaultRole, value: ORG:default }]
    supported_triggers: [{ id: post-login, version: v3 }]
triggers:
  post-login:
    - action_name: Assign default role
      display_name: Assign default role
`,
  );
  writeFileSync(
    join(folder, 'nothing.yaml'),
    'roles: []\nclients: []\nclientGrants: []\nactions: []\ntriggers:\n  post-login: []\n',
  );
}
