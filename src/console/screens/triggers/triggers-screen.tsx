import { Link } from '../../navigation/link.tsx';
import { Screen } from '../../parts/screen.tsx';
import { nameOfTrigger } from '../actions/trigger-name.ts';

const triggers = [
  ['post-login', 'Once somebody has proven who they are, before they get to the application.'],
  ['credentials-exchange', 'When an application asks for a token of its own.'],
  ['pre-user-registration', 'Before somebody becomes a user of a database.'],
  ['post-user-registration', 'After somebody became a user of a database.'],
  ['post-change-password', 'After a password was changed.'],
] as const;

/** Actions > Triggers: when Actions run on this tenant. */
export function TriggersScreen() {
  return (
    <Screen title="Triggers" introduction="When Actions run, and in which order.">
      <ul className="cards">
        {triggers.map(([id, what]) => (
          <li key={id}>
            <h2>
              <Link to={`/console/actions/triggers/${id}`}>{id === 'post-login' ? 'Login' : nameOfTrigger(id)}</Link>
            </h2>
            <p>{what}</p>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
