import { type ReactNode, useEffect, useState } from 'react';
import { type ConsoleSession, missingScopes } from '../console-session.ts';
import { navigate } from '../navigation/location.ts';
import { pageSettings } from '../page-settings.ts';
import { Logo } from '../parts/logo.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { signOut } from './sign-out.ts';

/** Loads the OpenID Connect client only when it is needed: a signed-in user needs none. */
const authorization = () => import('./authorization-code.ts');
const beginSignIn = (path: string) => authorization().then((loaded) => loaded.beginSignIn(path));

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="card">
      <Logo size={40} />
      <h1>{title}</h1>
      {children}
    </main>
  );
}

/** The screen for users who are not signed in. */
export function SignInScreen() {
  return (
    <Card title="Console of the local tenant">
      <p>
        Sign in as the administrator of this tenant. The command that started it printed the address and the password.
        The password is new at every start.
      </p>
      <p>
        <button className="primary" type="button" onClick={() => beginSignIn(location.pathname + location.search)}>
          Sign in
        </button>
      </p>
      <p className="muted">
        Only the administrator can sign in here. The tenant's other users sign in to its applications.
      </p>
    </Card>
  );
}

/**
 * The screen after the end of a session, until the next page replaces this one. It offers no sign-in: that would stop the change
 * of the page, and the client ID of this page may no longer exist.
 */
export function SessionEndedScreen() {
  return <Card title="The session has ended">{null}</Card>;
}

let completing: Promise<string> | undefined;

/** The redirect URI of the sign-in. */
export function CallbackScreen() {
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    // Once only: a code is valid for one exchange.
    completing ??= authorization().then((loaded) => loaded.completeSignIn());
    completing.then(
      (path) => {
        completing = undefined;
        navigate(path, { replace: true });
      },
      (error: unknown) => {
        completing = undefined;
        const description = new URLSearchParams(location.search).get('error_description');
        setProblem(description === null ? error : new Error(description));
      },
    );
  }, []);
  if (problem === undefined) return <Card title="Signing in…">{null}</Card>;
  return (
    <Card title="The sign-in failed">
      <ProblemNotice error={problem} />
      <p>
        <button className="primary" type="button" onClick={() => beginSignIn('/console')}>
          Sign in again
        </button>
      </p>
    </Card>
  );
}

/** The screen for a user whose access token lacks scopes that the console needs. */
export function MissingScopesScreen({ session }: { session: ConsoleSession }) {
  const missing = missingScopes(session);
  return (
    <Card title="You may not use this console">
      <p>
        You are signed in as <strong>{session.email || session.name}</strong>. The tenant did not grant the console the
        Management API scopes that it needs. It grants them to its administrator only.
      </p>
      <details>
        <summary>
          {missing.length} of {pageSettings.scopes.length} scopes are missing
        </summary>
        <ul className="scopes">
          {missing.map((scope) => (
            <li key={scope}>
              <code>{scope}</code>
            </li>
          ))}
        </ul>
      </details>
      <p>
        <button className="primary" type="button" onClick={signOut}>
          Sign in as another user
        </button>
      </p>
    </Card>
  );
}
