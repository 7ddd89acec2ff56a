export interface MenuEntry {
  readonly label: string;
  readonly path: string;
  /** The document that the screen needs in addition to the Management API. A tenant without it has no such menu entry. */
  readonly document?: string;
}

export interface MenuGroup {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/** The screens, in the groups and the order of Auth0's dashboard. The last group is specific to the local tenant. */
export const menu: readonly MenuGroup[] = [
  {
    label: 'Applications',
    entries: [
      { label: 'Applications', path: '/console/applications' },
      { label: 'APIs', path: '/console/apis' },
    ],
  },
  {
    label: 'User Management',
    entries: [
      { label: 'Users', path: '/console/users' },
      { label: 'Roles', path: '/console/roles' },
    ],
  },
  {
    label: 'Actions',
    entries: [
      { label: 'Library', path: '/console/actions/library' },
      { label: 'Triggers', path: '/console/actions/triggers' },
    ],
  },
  {
    label: 'Monitoring',
    entries: [{ label: 'Logs', path: '/console/logs' }],
  },
  {
    label: 'Tenant',
    entries: [{ label: 'Settings', path: '/console/settings' }],
  },
  {
    label: 'This local tenant',
    entries: [
      { label: 'Try it', path: '/console/try', document: 'logins' },
      { label: 'The gate', path: '/console/gate', document: 'gate' },
      { label: 'Outbox', path: '/console/outbox', document: 'outbox' },
    ],
  },
];
