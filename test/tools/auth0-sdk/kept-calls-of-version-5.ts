import type { Row } from './every-other-call.ts';

const group = `grp_${'a'.repeat(22)}`;

/** Methods of versions 5, 6 and 7 whose resources are stored, and change no login. They are called after the others. */
export const keptCallsOfVersion5: readonly Row[] = [
  ['roles.create', () => [{ name: 'Kept' }], { name: 'Kept' }, 'role'],
  ['roles.groups.create', ({ role }) => [role, { groups: [group] }], 404],
  ['roles.groups.delete', ({ role }) => [role, { groups: [group] }], 404],
  [
    'clients.create',
    () => [{ name: 'Kept', initiate_login_uri: 'https://kept.example/login' }],
    { name: 'Kept' },
    'client',
  ],
  ['organizations.create', () => [{ name: 'kept' }], { name: 'kept' }, 'organization'],
  ['organizations.groups.list', ({ organization }) => [organization], []],
  ['organizations.groups.roles.list', ({ organization }) => [organization, 'grp_1'], 404],
  ['organizations.groups.roles.create', ({ organization }) => [organization, 'grp_1', { roles: ['rol_1'] }], 404],
  ['organizations.groups.roles.delete', ({ organization }) => [organization, 'grp_1', { roles: ['rol_1'] }], 404],
  [
    'organizations.discoveryDomains.create',
    ({ organization }) => [organization, { domain: 'kept.example' }],
    { domain: 'kept.example', status: 'pending' },
    'domain',
  ],
  ['organizations.discoveryDomains.list', ({ organization }) => [organization], [{ domain: 'kept.example' }]],
  ['organizations.discoveryDomains.get', ({ organization, domain }) => [organization, domain], { status: 'pending' }],
  [
    'organizations.discoveryDomains.getByName',
    ({ organization }) => [organization, 'kept.example'],
    { status: 'pending' },
  ],
  [
    'organizations.discoveryDomains.update',
    ({ organization, domain }) => [organization, domain, { status: 'verified' }],
    { status: 'verified' },
  ],
  ['organizations.discoveryDomains.delete', ({ organization, domain }) => [organization, domain], undefined],
  [
    'organizations.invitations.create',
    ({ organization, client }) => [
      organization,
      { client_id: client, inviter: { name: 'Ada' }, invitee: { email: 'bo@kept.example' } },
    ],
    { invitation_url: /^https:\/\/kept.example\/login\?invitation=/ },
    'invitation',
  ],
  ['organizations.invitations.list', ({ organization }) => [organization], [{ inviter: { name: 'Ada' } }]],
  [
    'organizations.invitations.get',
    ({ organization, invitation }) => [organization, invitation],
    { inviter: { name: 'Ada' } },
  ],
  ['organizations.invitations.delete', ({ organization, invitation }) => [organization, invitation], undefined],
  ['connections.create', () => [{ name: 'kept-saml', strategy: 'samlp' }], { name: 'kept-saml' }, 'connection'],
  ['connections.checkStatus', ({ connection }) => [connection], undefined],
  ['connections.keys.create', ({ connection }) => [connection], [{ current: true }, { next: true }]],
  ['connections.keys.get', ({ connection }) => [connection], [{ current: true }, { next: true }]],
  ['connections.keys.rotate', ({ connection }) => [connection], { next: true }],
  [
    'connections.scimConfiguration.getDefaultMapping',
    ({ connection }) => [connection],
    { mapping: { 0: { scim: 'userName', auth0: 'username' } } },
  ],
  [
    'connections.scimConfiguration.create',
    ({ connection }) => [connection, { user_id_attribute: 'externalId' }],
    { connection_name: 'kept-saml' },
  ],
  [
    'connections.scimConfiguration.update',
    ({ connection }) => [connection, { user_id_attribute: 'userName', mapping: [] }],
    { user_id_attribute: 'userName', mapping: [] },
  ],
  [
    'connections.scimConfiguration.tokens.create',
    ({ connection }) => [connection, { scopes: ['get:users'] }],
    { token: /^tok_/ },
    'token',
  ],
  ['connections.scimConfiguration.tokens.get', ({ connection }) => [connection], [{ scopes: ['get:users'] }]],
  ['connections.scimConfiguration.tokens.delete', ({ connection, token }) => [connection, token], undefined],
  ['connections.scimConfiguration.delete', ({ connection }) => [connection], undefined],
  [
    'connections.create',
    () => [{ name: 'kept-apps', strategy: 'google-apps', options: { domain: 'kept.example' } }],
    { name: 'kept-apps' },
    'apps',
  ],
  [
    'connections.directoryProvisioning.getDefaultMapping',
    ({ apps }) => [apps],
    { mapping: { 0: { idp: 'id', auth0: 'app_metadata.external_id' } } },
  ],
  ['connections.directoryProvisioning.create', ({ apps }) => [apps, {}], { synchronize_automatically: false }],
  [
    'connections.directoryProvisioning.update',
    ({ apps }) => [apps, { synchronize_automatically: true }],
    { synchronize_automatically: true },
  ],
  ['connections.directoryProvisioning.set', ({ apps }) => [apps, { groups: [{ id: 'group1' }] }], undefined],
  ['connections.directoryProvisioning.listSynchronizedGroups', ({ apps }) => [apps], [{ id: 'group1' }]],
  ['connections.directoryProvisioning.synchronizations.create', ({ apps }) => [apps], { status: 'off' }],
  ['connections.directoryProvisioning.delete', ({ apps }) => [apps], undefined],
];
