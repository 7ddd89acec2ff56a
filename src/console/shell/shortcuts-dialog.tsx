import { Dialog } from '../parts/dialog.tsx';
import { menu } from './menu.ts';

const others: readonly (readonly [string, string])[] = [
  ['Ctrl K', 'Go to a screen, a user, an application, a role or an Action'],
  ['/', 'Search on this screen'],
  ['?', 'Show these shortcuts'],
  ['Esc', 'Close a dialog'],
];

/** All shortcuts of the console. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const screens = menu
    .flatMap(({ entries }) => entries)
    .flatMap(({ label, shortcut }) => (shortcut === undefined ? [] : [[`g ${shortcut}`, label] as const]));
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="shortcuts">
        {[...others, ...screens].map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <div className="buttons">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
