import type { Management } from 'auth0';
import {
  AppWindow,
  Boxes,
  Code,
  CornerDownLeft,
  Keyboard,
  LogOut,
  type LucideIcon,
  Search,
  SunMoon,
  UserRound,
  UserRoundKey,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { manage, segment } from '../management/tenant-requests.ts';
import { useLoaded } from '../management/use-loaded.ts';
import { navigate } from '../navigation/location.ts';
import { pageSettings } from '../page-settings.ts';
import { Icon } from '../parts/icon.tsx';
import { loadResources } from '../screens/resources/load-description.ts';
import { resourceAddress } from '../screens/resources/resource-address.ts';
import { areaOf } from '../screens/resources/resource-areas.ts';
import { sectionsOf } from '../screens/resources/resource-tree.ts';
import { nameOfNode, nameOfSection } from '../screens/resources/resource-words.ts';
import { nameOfUser, userQuery } from '../screens/users/user-query.ts';
import { signOut } from '../sign-in/sign-out.ts';
import { menu } from './menu.ts';
import { useTheme } from './use-theme.ts';

interface Command {
  readonly key: string;
  readonly label: string;
  /** The kind of thing that the command leads to. */
  readonly kind: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

/** Number of results of each kind. */
const FOUND = 5;

/** Goes to a screen or to a subject by its name, or does something of the whole console. */
export function Palette({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const colours = useTheme();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const subjects = useLoaded(`palette ${text}`, (signal) => findSubjects(text.trim(), signal));
  const resources = useLoaded('palette resources', resourceCommands);
  const actions: Command[] = [
    ...menu.flatMap(({ label: kind, entries }) =>
      entries.map(({ label, path, icon }) => ({ key: path, label, kind, icon, run: () => navigate(path) })),
    ),
    { key: 'theme', label: `Colours: ${colours.next}`, kind: 'Console', icon: SunMoon, run: colours.change },
    { key: 'shortcuts', label: 'Keyboard shortcuts', kind: 'Console', icon: Keyboard, run: onShortcuts },
    { key: 'out', label: 'Sign out', kind: 'Console', icon: LogOut, run: signOut },
  ];
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label, kind }: Command) => words.every((word) => `${label} ${kind}`.toLowerCase().includes(word));
  const commands = [
    ...actions.filter(fits),
    ...(words.length === 0 ? [] : (resources.value ?? []).filter(fits)),
    ...(subjects.value ?? []),
  ];
  const current = Math.min(active, commands.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((current + step + commands.length) % Math.max(1, commands.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(commands[current]);
    }
  };
  return (
    <dialog ref={dialog} className="palette" aria-label="Go to" onClose={onClose} {...{ closedby: 'any' }}>
      <div className="palette-search">
        <Icon of={Search} />
        <input
          type="text"
          role="combobox"
          aria-label="Screen, user, application, role or Action"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={commands[current] && `${id}-${current}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="Screen, user, application, role or Action"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label="Results">
        {commands.map((command, index) => (
          <div
            key={command.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            ref={(element) => {
              if (index === current) element?.scrollIntoView({ block: 'nearest' });
            }}
            onPointerMove={() => setActive(index)}
            onClick={() => run(command)}
            onKeyDown={press}
          >
            <Icon of={command.icon} />
            <span className="label">{command.label}</span>
            <span className="muted">{command.kind}</span>
            {index === current && <Icon of={CornerDownLeft} size={14} />}
          </div>
        ))}
      </div>
      <p className="palette-note muted" role="status">
        {commands.length === 0 && !subjects.loading && 'Nothing has this name.'}
        {subjects.loading && text.trim() !== '' && 'Searching…'}
      </p>
    </dialog>
  );
}

/** The resources of the Management API that the menu does not have. */
async function resourceCommands(): Promise<Command[]> {
  if (!pageSettings.documents.includes('operations')) return [];
  const root = await loadResources();
  const listed = new Set(menu.flatMap(({ entries }) => entries.map(({ path }) => path)));
  return root.literals.flatMap((family) => {
    const kind = areaOf(family.segment).label;
    const sections = [family, ...sectionsOf(family).filter((section) => section !== family)];
    return sections.flatMap((section): Command[] => {
      const path = resourceAddress({ node: section, values: [] });
      if (listed.has(path)) return [];
      const own = section === family ? nameOfNode(family) : `${nameOfNode(family)}: ${nameOfSection(section, family)}`;
      return [{ key: path, label: own, kind, icon: Boxes, run: () => navigate(path) }];
    });
  });
}

/** Users, applications, roles and Actions with a name that begins with the text, or contains it. */
async function findSubjects(text: string, signal: AbortSignal): Promise<Command[]> {
  if (text === '') return [];
  const [users, clients, roles, { actions = [] }] = await Promise.all([
    manage
      .get<Management.UserResponseSchema[]>('users', { per_page: FOUND, q: userQuery(text) }, signal)
      .catch(() => []),
    manage.get<Management.Client[]>('clients', { per_page: 100, is_global: false }, signal),
    manage.get<Management.Role[]>('roles', { per_page: FOUND, name_filter: text }, signal),
    manage.get<Management.ListActionsPaginatedResponseContent>('actions/actions', { per_page: 100 }, signal),
  ]);
  const has = ({ name = '' }: { name?: string | undefined }) => name.toLowerCase().includes(text.toLowerCase());
  const command = (kind: string, icon: LucideIcon, folder: string) => (subjectId: string, label: string) => {
    const path = `/console/${folder}/${segment(subjectId)}`;
    return { key: path, label, kind, icon, run: () => navigate(path) };
  };
  const user = command('User', UserRound, 'users');
  const application = command('Application', AppWindow, 'applications');
  const role = command('Role', UserRoundKey, 'roles');
  const action = command('Action', Code, 'actions/library');
  return [
    ...users.map((one) => user(one.user_id ?? '', one.email ?? nameOfUser(one))),
    ...clients
      .filter(has)
      .slice(0, FOUND)
      .map(({ client_id = '', name = '' }) => application(client_id, name)),
    ...roles.map(({ id = '', name = '' }) => role(id, name)),
    ...actions
      .filter(has)
      .slice(0, FOUND)
      .map(({ id = '', name = '' }) => action(id, name)),
  ];
}
