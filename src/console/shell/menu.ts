import {
  AppWindow,
  Building2,
  Code,
  DatabaseZap,
  Ellipsis,
  FileInput,
  Globe,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Mail,
  MailCheck,
  Palette,
  Play,
  Radio,
  ScrollText,
  Settings,
  Shield,
  ShieldCheck,
  Smartphone,
  UserRoundKey,
  Users,
  Workflow,
} from 'lucide-react';
import { pageSettings } from '../page-settings.ts';
import { areaOf, areas } from '../screens/resources/resource-areas.ts';

export interface MenuEntry {
  readonly label: string;
  readonly path: string;
  readonly icon: LucideIcon;
  /** The key that opens the screen after `g`. */
  readonly shortcut?: string;
  /** The document that the screen needs in addition to the Management API. A tenant without it has no such menu entry. */
  readonly document?: string;
}

export interface MenuGroup {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/** The screen of a resource that has no screen of its own. */
const resource = (label: string, family: string, icon: LucideIcon): MenuEntry => ({
  label,
  path: `/console/resources/${family}`,
  icon,
  document: 'operations',
});

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
    label: 'Authentication',
    entries: [{ ...resource('Connections', 'connections', DatabaseZap), shortcut: 'c' }],
  },
  {
    label: 'User Management',
    entries: [
      { label: 'Users', path: '/console/users', icon: Users, shortcut: 'u' },
      { label: 'Roles', path: '/console/roles', icon: UserRoundKey, shortcut: 'r' },
      { ...resource('Organizations', 'organizations', Building2), shortcut: 'n' },
    ],
  },
  {
    label: 'Branding',
    entries: [
      resource('Branding', 'branding', Palette),
      resource('E-mail templates', 'email-templates', MailCheck),
      resource('Custom domains', 'custom-domains', Globe),
    ],
  },
  {
    label: 'Security',
    entries: [
      resource('Attack protection', 'attack-protection', Shield),
      resource('Multi-factor', 'guardian', Smartphone),
    ],
  },
  {
    label: 'Actions',
    entries: [
      { label: 'Library', path: '/console/actions/library', icon: Code, shortcut: 'i' },
      { label: 'Triggers', path: '/console/actions/triggers', icon: Workflow, shortcut: 'f' },
      resource('Forms', 'forms', FileInput),
    ],
  },
  {
    label: 'Monitoring',
    entries: [
      { label: 'Logs', path: '/console/logs', icon: ScrollText, shortcut: 'l' },
      resource('Log streams', 'log-streams', Radio),
    ],
  },
  {
    label: 'Tenant',
    entries: [{ label: 'Settings', path: '/console/settings', icon: Settings, shortcut: 's' }],
  },
];

/** The entry for all resources of an area, at the end of its group. */
function everything(label: string): MenuEntry[] {
  const area = areas.find((one) => one.label === label);
  if (area === undefined) return [];
  return [{ label: `More in ${label}`, path: `/console/areas/${area.name}`, icon: Ellipsis, document: 'operations' }];
}

/** The menu without the screens whose document this tenant does not serve. */
export const menu: readonly MenuGroup[] = groups
  .map(({ label, entries }) => ({
    label,
    entries: [...entries, ...everything(label)].filter(
      ({ document }) => document === undefined || pageSettings.documents.includes(document),
    ),
  }))
  .filter(({ entries }) => entries.length > 0);

/**
 * The path of the menu entry that a screen belongs to: its own, or that of its area.
 *
 * @example
 * entryOf('/console/resources/keys/signing') // '/console/areas/security'
 */
export function entryOf(path: string): string | undefined {
  const paths = menu.flatMap(({ entries }) => entries.map((entry) => entry.path));
  const own = paths.find((one) => path === one || path.startsWith(`${one}/`));
  const [, family] = /^\/console\/resources\/([^/]+)/.exec(path) ?? [];
  return own ?? (family === undefined ? undefined : `/console/areas/${areaOf(family).name}`);
}
