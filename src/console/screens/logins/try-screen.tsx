import { Screen } from '../../parts/screen.tsx';
import { Logins } from './logins.tsx';
import { StartLogin } from './start-login.tsx';

/** Try it: start a login, and look at what every login came to. */
export function TryScreen() {
  return (
    <Screen title="Try it" introduction="Start a login, and watch what becomes of it.">
      <div className="start">
        <StartLogin />
      </div>
      <Logins />
    </Screen>
  );
}
