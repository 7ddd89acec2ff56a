import { lazy, type ReactNode, Suspense } from 'react';
import { Loading } from '../parts/loading.tsx';
import { Screen as Frame } from '../parts/screen.tsx';
import { ActionScreen } from '../screens/actions/action-screen.tsx';
import { LibraryScreen } from '../screens/actions/library-screen.tsx';
import { ApiScreen } from '../screens/apis/api-screen.tsx';
import { ApisScreen } from '../screens/apis/apis-screen.tsx';
import { ApplicationScreen } from '../screens/applications/application-screen.tsx';
import { ApplicationsScreen } from '../screens/applications/applications-screen.tsx';
import { GateScreen } from '../screens/gate/gate-screen.tsx';
import { LoginScreen } from '../screens/logins/login-screen.tsx';
import { ReplayScreen } from '../screens/logins/replay-screen.tsx';
import { SavedLoginScreen } from '../screens/logins/saved-login-screen.tsx';
import { TryScreen } from '../screens/logins/try-screen.tsx';
import { LogScreen } from '../screens/logs/log-screen.tsx';
import { LogsScreen } from '../screens/logs/logs-screen.tsx';
import { OutboxScreen } from '../screens/outbox/outbox-screen.tsx';
import { AreaScreen } from '../screens/resources/area-screen.tsx';
import { ResourceScreen } from '../screens/resources/resource-screen.tsx';
import { RoleScreen } from '../screens/roles/role-screen.tsx';
import { RolesScreen } from '../screens/roles/roles-screen.tsx';
import { SettingsScreen } from '../screens/settings/settings-screen.tsx';
import { FlowScreen } from '../screens/triggers/flow-screen.tsx';
import { TriggersScreen } from '../screens/triggers/triggers-screen.tsx';
import { UserScreen } from '../screens/users/user-screen.tsx';
import { UsersScreen } from '../screens/users/users-screen.tsx';

/** Set by the build: whether the console runs from its source. */
declare const PARTS_PAGE: boolean;

const PartsScreen = PARTS_PAGE
  ? lazy(async () => ({ default: (await import('../screens/parts/parts-screen.tsx')).PartsScreen }))
  : undefined;

type Screen = (parameters: readonly string[]) => ReactNode;

/** The screen of each path, except the first one. `{}` stands for an id or the name of a tab. */
const screens: Readonly<Record<string, Screen>> = {
  applications: () => <ApplicationsScreen />,
  'applications/{}': ([id = '']) => <ApplicationScreen id={id} tab="settings" />,
  'applications/{}/{}': ([id = '', tab = '']) => <ApplicationScreen id={id} tab={tab} />,
  apis: () => <ApisScreen />,
  'apis/{}': ([id = '']) => <ApiScreen id={id} tab="settings" />,
  'apis/{}/{}': ([id = '', tab = '']) => <ApiScreen id={id} tab={tab} />,
  'actions/library': () => <LibraryScreen />,
  'actions/library/{}': ([id = '']) => <ActionScreen id={id} />,
  'actions/triggers': () => <TriggersScreen />,
  'actions/triggers/{}': ([trigger = '']) => <FlowScreen key={trigger} trigger={trigger} />,
  users: () => <UsersScreen />,
  'users/{}': ([id = '']) => <UserScreen id={id} tab="details" />,
  'users/{}/{}': ([id = '', tab = '']) => <UserScreen id={id} tab={tab} />,
  roles: () => <RolesScreen />,
  'roles/{}': ([id = '']) => <RoleScreen id={id} tab="settings" />,
  logs: () => <LogsScreen />,
  'logs/{}': ([id = '']) => <LogScreen id={id} tab="details" />,
  'logs/{}/{}': ([id = '', tab = '']) => <LogScreen id={id} tab={tab} />,
  try: () => <TryScreen />,
  'logins/{}': ([id = '']) => <LoginScreen id={id} />,
  'logins/{}/replay': ([id = '']) => <ReplayScreen id={id} />,
  'saved-login': () => <SavedLoginScreen />,
  gate: () => <GateScreen />,
  settings: () => <SettingsScreen />,
  ...(PartsScreen !== undefined && {
    parts: () => (
      <Suspense fallback={<Loading />}>
        <PartsScreen />
      </Suspense>
    ),
  }),
  outbox: () => <OutboxScreen />,
  'areas/{}': ([name = '']) => <AreaScreen name={name} />,
  'roles/{}/{}': ([id = '', tab = '']) => <RoleScreen id={id} tab={tab} />,
};

/** The screen of a path. */
export function OtherScreen({ path }: { path: string }) {
  return (
    screenAt(path) ?? (
      <Frame title="Screen not found">
        <p>Choose a screen from the menu.</p>
      </Frame>
    )
  );
}

/**
 * The screen of a path.
 *
 * @returns `undefined` if no screen has this path
 * @example
 * screenAt('/console/users/auth0%7C1/roles');
 */
function screenAt(path: string): ReactNode | undefined {
  const parts = path.split('/').slice(2).filter(Boolean).map(decoded);
  if (parts[0] === 'resources' && parts.length > 1) {
    return <ResourceScreen segments={parts.slice(1)} />;
  }
  for (const [pattern, screen] of Object.entries(screens)) {
    const expected = pattern.split('/');
    if (expected.length !== parts.length) continue;
    if (!expected.every((part, index) => part === '{}' || part === parts[index])) continue;
    return screen(parts.filter((_, index) => expected[index] === '{}'));
  }
  return undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
