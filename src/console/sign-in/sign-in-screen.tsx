import { type ReactNode, useEffect, useState } from 'react';
import { type ConsoleSession, missingScopes } from '../console-session.ts';
import { navigate } from '../navigation/location.ts';
import { pageSettings } from '../page-settings.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { signOut } from './sign-out.ts';

/** The client of OpenID Connect comes when it is needed: whoever is signed in needs none. */
const authorization = () => import('./authorization-code.ts');
const beginSignIn = (path: string) => authorization().then((loaded) => loaded.beginSignIn(path));

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="card">
      <h1>{title}</h1>
      {children}
    </main>
  );
}

/** What a person sees who is not signed in. */
export function SignInScreen() {
  return (
    <Card title="Console of the local tenant">
      <p>
        Sign in as the administrator of this tenant. The command that started it has printed the address and the
        password; there is another password at every start.
      </p>
      <p>
        <button className="primary" type="button" onClick={() => beginSignIn(location.pathname + location.search)}>
          Sign in
        </button>
      </p>
      <p className="muted">
        Nobody else gets in here: the people of the tenant sign in to its applications, and this is none of theirs.
      </p>
    </Card>
  );
}

let completing: Promise<string> | undefined;

/** Where the tenant's login page leads back to. */
export function CallbackScreen() {
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    // Once: the code of the address is good for one exchange.
    completing ??= authorization().then((loaded) => loaded.completeSignIn());
    completing.then(
      (path) => {
        completing = undefined;
        navigate(path, { replace: true });
      },
      (error: unknown) => {
        completing = undefined;
        const said = new URLSearchParams(location.search).get('error_description');
        setProblem(said === null ? error : new Error(said));
      },
    );
  }, []);
  if (problem === undefined) return <Card title="Signing in…">{null}</Card>;
  return (
    <Card title="The sign-in did not work">
      <ProblemNotice error={problem} />
      <p>
        <button className="primary" type="button" onClick={() => beginSignIn('/console')}>
          Sign in again
        </button>
      </p>
    </Card>
  );
}

/** Somebody is signed in who may not do what the console does. */
export function MissingScopesScreen({ session }: { session: ConsoleSession }) {
  const missing = missingScopes(session);
  return (
    <Card title="You may not use this console">
      <p>
        You are signed in as <strong>{session.email || session.name}</strong>, and the tenant has not given the console
        the scopes of its Management API that it works with. It gives them for its administrator alone.
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
          Sign in as somebody else
        </button>
      </p>
    </Card>
  );
}
