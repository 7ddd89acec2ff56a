import { useEffect } from 'react';
import { missingScopes, useSession } from './console-session.ts';
import { navigate, useAddress } from './navigation/location.ts';
import { NoticeProvider } from './parts/notices.tsx';
import { CurrentScreen } from './shell/current-screen.tsx';
import { Shell } from './shell/shell.tsx';
import { CallbackScreen, MissingScopesScreen, SessionEndedScreen, SignInScreen } from './sign-in/sign-in-screen.tsx';

const home = '/console/overview';

/** The whole console: the sign-in, then the screen of the current address. */
export function App() {
  const { pathname } = useAddress();
  const session = useSession();
  const atHome = typeof session === 'object' && /^\/console\/?$/.test(pathname);
  useEffect(() => {
    if (atHome) navigate(home, { replace: true });
  }, [atHome]);
  if (pathname === '/console/callback') return <CallbackScreen />;
  if (session === 'asked') return null;
  if (session === undefined) return <SignInScreen />;
  if (session === 'ended') return <SessionEndedScreen />;
  if (missingScopes(session).length > 0) return <MissingScopesScreen session={session} />;
  return (
    <NoticeProvider>
      <Shell path={pathname} session={session}>
        <CurrentScreen path={pathname} />
      </Shell>
    </NoticeProvider>
  );
}
