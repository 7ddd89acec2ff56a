import { Link } from '../navigation/link.tsx';

/** Tabs of a screen, each with its own address. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { label: string; path: string; current: boolean }[];
}) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.path} to={tab.path} current={tab.current}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}

/**
 * The tabs below an address. The first tab is at the address itself.
 *
 * @example
 * <Tabs label="Parts of the role" tabs={tabsAt(`/console/roles/${id}`, [['settings', 'Settings'], ['users', 'Users']], tab)} />
 */
export function tabsAt(path: string, tabs: readonly (readonly [name: string, label: string])[], current: string) {
  return tabs.map(([name, label], index) => ({
    label,
    path: index === 0 ? path : `${path}/${name}`,
    current: name === current,
  }));
}
