import { Link } from '../navigation/link.tsx';

/** Parts of a screen, each with an address of its own. */
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
