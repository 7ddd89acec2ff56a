import type { Row } from './every-other-call.ts';

/** Invitations to an organization, as versions 3 and 4 call them. */
export const invitationCalls: readonly Row[] = [
  [
    'clients.create',
    () => [{ name: 'Inviting', initiate_login_uri: 'https://every.example/login' }],
    { name: 'Inviting' },
    'inviting',
  ],
  [
    'organizations.createInvitation',
    ({ organization, inviting }) => [
      { id: organization },
      { client_id: inviting, inviter: { name: 'Ada' }, invitee: { email: 'bo@every.example' } },
    ],
    { invitation_url: /^https:\/\/every.example\/login\?invitation=/ },
    'invitation',
  ],
  ['organizations.getInvitations', ({ organization }) => [{ id: organization }], [{ inviter: { name: 'Ada' } }]],
  [
    'organizations.getInvitation',
    ({ organization, invitation }) => [{ id: organization, invitation_id: invitation }],
    { inviter: { name: 'Ada' } },
  ],
  [
    'organizations.deleteInvitation',
    ({ organization, invitation }) => [{ id: organization, invitation_id: invitation }],
    undefined,
  ],
];
