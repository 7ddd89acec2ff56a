import { Link } from '../../navigation/link.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Logins } from './logins.tsx';
import { StartLogin } from './start-login.tsx';

/** Try it: starts logins, and lists all logins with their outcomes. */
export function TryScreen() {
  return (
    <Screen
      title="Try it"
      introduction="Start a login and follow it step by step."
      actions={<Link to="/console/saved-login">Open a saved login</Link>}
    >
      <div className="start">
        <StartLogin />
      </div>
      <Logins />
    </Screen>
  );
}
