import {
  AppWindow,
  Code,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Mail,
  Play,
  ScrollText,
  Settings,
  ShieldCheck,
  UserRoundKey,
  Users,
  Workflow,
} from 'lucide-react';
import { pageSettings } from '../page-settings.ts';

export interface MenuEntry {
  readonly label: string;
  readonly path: string;
  readonly icon: LucideIcon;
  /** The key that opens the screen after `g`. */
  readonly shortcut: string;
  /** The document that the screen needs in addition to the Management API. A tenant without it has no such menu entry. */
  readonly document?: string;
}

export interface MenuGroup {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/** The screens: those of the local tenant, then Auth0's in the groups and the order of its dashboard. */
const groups: readonly MenuGroup[] = [
  {
    label: 'This local tenant',
    entries: [
      { label: 'Overview', path: '/console/overview', icon: LayoutDashboard, shortcut: 'o' },
      { label: 'The gate', path: '/console/gate', icon: ShieldCheck, shortcut: 'g', document: 'gate' },
      { label: 'Try it', path: '/console/try', icon: Play, shortcut: 't', document: 'logins' },
      { label: 'Outbox', path: '/console/outbox', icon: Mail, shortcut: 'b', document: 'outbox' },
    ],
  },
  {
    label: 'Applications',
    entries: [
      { label: 'Applications', path: '/console/applications', icon: AppWindow, shortcut: 'a' },
      { label: 'APIs', path: '/console/apis', icon: KeyRound, shortcut: 'p' },
    ],
  },
  {
    label: 'User Management',
    entries: [
      { label: 'Users', path: '/console/users', icon: Users, shortcut: 'u' },
      { label: 'Roles', path: '/console/roles', icon: UserRoundKey, shortcut: 'r' },
    ],
  },
  {
    label: 'Actions',
    entries: [
      { label: 'Library', path: '/console/actions/library', icon: Code, shortcut: 'i' },
      { label: 'Triggers', path: '/console/actions/triggers', icon: Workflow, shortcut: 'f' },
    ],
  },
  {
    label: 'Monitoring',
    entries: [{ label: 'Logs', path: '/console/logs', icon: ScrollText, shortcut: 'l' }],
  },
  {
    label: 'Tenant',
    entries: [{ label: 'Settings', path: '/console/settings', icon: Settings, shortcut: 's' }],
  },
];

/** The menu without the screens whose document this tenant does not serve. */
export const menu: readonly MenuGroup[] = groups
  .map(({ label, entries }) => ({
    label,
    entries: entries.filter(({ document }) => document === undefined || pageSettings.documents.includes(document)),
  }))
  .filter(({ entries }) => entries.length > 0);
