import { Link } from '../../navigation/link.tsx';
import { Screen } from '../../parts/screen.tsx';
import { nameOfTrigger } from '../actions/trigger-name.ts';

const triggers = [
  ['post-login', 'After the user has signed in, before tokens are issued.'],
  ['credentials-exchange', 'When an application requests a token with client credentials.'],
  ['pre-user-registration', 'Before a user is added to a database connection.'],
  ['post-user-registration', 'After a user was added to a database connection.'],
  ['post-change-password', 'After a user has changed their password.'],
] as const;

/** Actions > Triggers: the triggers that this tenant runs. */
export function TriggersScreen() {
  return (
    <Screen title="Triggers" introduction="When Actions run, and in which order.">
      <ul className="cards">
        {triggers.map(([id, description]) => (
          <li key={id}>
            <h2>
              <Link to={`/console/actions/triggers/${id}`}>{id === 'post-login' ? 'Login' : nameOfTrigger(id)}</Link>
            </h2>
            <p>{description}</p>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
