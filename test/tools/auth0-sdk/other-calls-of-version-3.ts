import { callback, database, person, type Row } from './every-other-call.ts';
import { invitationCalls } from './invitation-calls.ts';

const totals = { include_totals: true };
const users = JSON.stringify([{ email: 'imported@example.com' }]);

/** The methods of version 3 that the everyday calls omit, in the order in which they are called. */
export const otherCallsOfVersion3: readonly Row[] = [
  ['users.create', () => [person('every@example.com')], { email: 'every@example.com' }, 'user'],
  ['users.create', () => [person('second@example.com')], { email: 'second@example.com' }, 'second'],
  ['roles.create', () => [{ name: 'Every' }], { name: 'Every' }, 'role'],
  ['connections.create', () => [{ name: 'Every', strategy: 'auth0' }], { name: 'Every' }, 'connection'],
  [
    'users.updateUserMetadata',
    ({ user }) => [{ id: user }, { room: '12' }],
    { email: 'every@example.com', user_metadata: { room: '12' } },
  ],
  ['users.updateAppMetadata', ({ user }) => [{ id: user }, { staff: true }], { app_metadata: { staff: true } }],
  // Removed from the API: it deleted all users.
  ['users.deleteAll', () => [callback], 404],
  ['users.logs', ({ user }) => [{ id: user, per_page: 10, page: 0 }], []],
  ['users.getGuardianEnrollments', ({ user }) => [{ id: user }], []],
  ['users.link', ({ user, second }) => [user, { provider: 'auth0', user_id: second?.slice(6) }], [{}, {}]],
  ['users.unlink', ({ user, second }) => [{ id: user, provider: 'auth0', user_id: second?.slice(6) }], [{}]],
  [
    'users.createAuthenticationMethod',
    ({ user }) => [{ id: user }, { type: 'email', email: 'every@example.com' }],
    { type: 'email' },
    'method',
  ],
  ['users.getAuthenticationMethods', ({ user }) => [{ id: user }], [{ type: 'email', confirmed: true }]],
  [
    'users.getAuthenticationMethodById',
    ({ user, method }) => [{ id: user, authentication_method_id: method }],
    { type: 'email' },
  ],
  [
    'users.updateAuthenticationMethodById',
    ({ user, method }) => [{ id: user, authentication_method_id: method }, { name: 'Mail' }],
    { name: 'Mail' },
  ],
  ['users.regenerateRecoveryCode', ({ user }) => [{ id: user }], { recovery_code: /^[A-Z0-9]{24}$/ }],
  [
    'users.deleteAuthenticationMethodById',
    ({ user, method }) => [{ id: user, authentication_method_id: method }],
    undefined,
  ],
  [
    'users.updateAuthenticationMethods',
    ({ user }) => [{ id: user }, [{ type: 'totp', totp_secret: 'JBSWY3DPEHPK3PXP' }]],
    [{ type: 'totp' }],
  ],
  ['users.deleteAuthenticationMethods', ({ user }) => [{ id: user }], undefined],
  ['users.deleteMultifactorProvider', ({ user }) => [{ id: user, provider: 'duo' }], 404],
  ['users.invalidateRememberBrowser', ({ user }) => [{ id: user }], undefined],
  ['users.deleteAllAuthenticators', ({ user }) => [{ id: user }], undefined],
  ['connections.checkStatus', ({ connection }) => [{ id: connection }], 404],
  ['connections.deleteUserByEmail', ({ connection }) => [{ id: connection, email: 'unknown@example.com' }], {}],
  [
    'organizations.create',
    () => [{ name: 'every', display_name: 'Every' }],
    { name: 'every', display_name: 'Every' },
    'organization',
  ],
  ['organizations.getAll', () => [totals], { organizations: [{ name: 'every' }], total: 1 }],
  ['organizations.getByID', ({ organization }) => [{ id: organization }], { display_name: 'Every' }],
  ['organizations.getByName', () => [{ name: 'every' }], { display_name: 'Every' }],
  [
    'organizations.update',
    ({ organization }) => [{ id: organization }, { display_name: 'All' }],
    { name: 'every', display_name: 'All' },
  ],
  [
    'organizations.addEnabledConnection',
    ({ organization, connection }) => [{ id: organization }, { connection_id: connection }],
    { assign_membership_on_login: false, connection: { name: 'Every' } },
  ],
  [
    'organizations.getEnabledConnections',
    ({ organization }) => [{ id: organization, ...totals }],
    { enabled_connections: [{ connection: { name: 'Every' } }], total: 1 },
  ],
  [
    'organizations.getEnabledConnection',
    ({ organization, connection }) => [{ id: organization, connection_id: connection }],
    { connection: { name: 'Every' } },
  ],
  [
    'organizations.updateEnabledConnection',
    ({ organization, connection }) => [
      { id: organization, connection_id: connection },
      { assign_membership_on_login: true },
    ],
    { assign_membership_on_login: true },
  ],
  [
    'organizations.removeEnabledConnection',
    ({ organization, connection }) => [{ id: organization, connection_id: connection }],
    undefined,
  ],
  ['organizations.addMembers', ({ organization, user }) => [{ id: organization }, { members: [user] }], undefined],
  [
    'organizations.getMembers',
    ({ organization }) => [{ id: organization, ...totals }],
    { members: [{ email: 'every@example.com' }], total: 1 },
  ],
  [
    'organizations.addMemberRoles',
    ({ organization, user, role }) => [{ id: organization, user_id: user }, { roles: [role] }],
    undefined,
  ],
  [
    'organizations.getMemberRoles',
    ({ organization, user }) => [{ id: organization, user_id: user }],
    [{ name: 'Every' }],
  ],
  [
    'organizations.removeMemberRoles',
    ({ organization, user, role }) => [{ id: organization, user_id: user }, { roles: [role] }],
    undefined,
  ],
  ['users.getUserOrganizations', ({ user }) => [{ id: user }], [{ name: 'every' }]],
  ['organizations.removeMembers', ({ organization, user }) => [{ id: organization }, { members: [user] }], undefined],
  ...invitationCalls,
  ['organizations.delete', ({ organization }) => [{ id: organization }], undefined],
  ['organizations.getAll', () => [], []],
  ['jobs.exportUsers', () => [{ format: 'json' }], { type: 'users_export', format: 'json' }, 'job'],
  ['jobs.get', ({ job }) => [{ id: job }], { type: 'users_export' }],
  ['jobs.errors', ({ job }) => [{ id: job }], undefined],
  [
    'jobs.importUsersJob',
    ({ connection }) => [{ users_json: users, connection_id: connection }],
    { type: 'users_import', connection: 'Every' },
  ],
  [
    'jobs.importUsers',
    ({ connection }) => [{ users_json: users, connection_id: connection, upsert: true }],
    { type: 'users_import', connection: 'Every' },
  ],
  ['jobs.verifyEmail', ({ user }) => [{ user_id: user }], { type: 'verification_email' }],
  ['stats.getActiveUsersCount', () => [], 0],
  ['stats.getDaily', () => [{ from: '20200101', to: '20200102' }], []],
  ['tickets.verifyEmail', ({ user }) => [{ user_id: user }], { ticket: /^https:/ }],
  ['tickets.changePassword', ({ user }) => [{ user_id: user }], { ticket: /^https:/ }],
  ['tenant.updateSettings', () => [{ friendly_name: 'Every' }], { friendly_name: 'Every' }],
  ['tenant.getSettings', () => [], { friendly_name: 'Every' }],
  [
    'actions.create',
    () => [{ name: 'Every', code: '', supported_triggers: [{ id: 'post-login', version: 'v3' }] }],
    { name: 'Every' },
    'action',
  ],
  // Removed from the API before its first stable version: a deployment creates a version.
  ['actions.createVersion', ({ action }) => [{ action_id: action }, { code: '' }], 404],
  [
    'actions.deployVersion',
    ({ action }) => [{ action_id: action, version_id: '00000000-0000-4000-8000-000000000000' }],
    404,
  ],
  ['actions.getExecution', () => [{ id: 'none' }], 404],
  ['users.getByEmail', () => ['every@example.com'], [{ identities: [{ connection: database }] }]],
];
