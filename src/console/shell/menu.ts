export interface MenuEntry {
  readonly label: string;
  readonly path: string;
  /** What the tenant has to have beside its Management API for the screen to show anything. */
  readonly document?: string;
}

export interface MenuGroup {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/** The screens, in the groups and the order of Auth0's dashboard; the last group is this tenant's own. */
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
