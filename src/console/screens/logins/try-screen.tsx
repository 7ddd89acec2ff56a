import { useEffect, useEffectEvent } from 'react';
import { readDocument, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Table } from '../../parts/table.tsx';
import { type Login, standingOf } from './login.ts';
import { StartLogin } from './start-login.tsx';

const lookMs = 2000;

/** Try it: start a login, and look at what every login came to. */
export function TryScreen() {
  const logins = useLoaded('logins', (signal) => readDocument<Login[]>('logins', {}, signal));
  const look = useEffectEvent(() => {
    if (document.visibilityState === 'visible' && !logins.loading) logins.reload();
  });
  useEffect(() => {
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Screen title="Try it" introduction="Start a login, and watch what becomes of it.">
      <div className="start">
        <StartLogin />
      </div>
      <h2>Logins</h2>
      <Loads of={logins}>
        {(found) =>
          found.length === 0 ? (
            <Empty title="Nobody has signed in since the tenant started.">
              <p>Start a login above, or open an application.</p>
            </Empty>
          ) : (
            <Table
              caption="Logins, the latest first"
              rows={found}
              keyOf={({ id }) => id}
              columns={[
                {
                  label: 'Who',
                  cell: ({ id, user }) => <Link to={`/console/logins/${segment(id)}`}>{user.email ?? user.name}</Link>,
                },
                { label: 'Application', cell: ({ application }) => application.name },
                {
                  label: 'What came of it',
                  cell: (login) => {
                    const { text, good } = standingOf(login);
                    return <span className={good ? 'good' : 'warning'}>{text}</span>;
                  },
                },
                { label: 'Actions', cell: ({ passes }) => `${passes.reduce((sum, { ms }) => sum + ms, 0)} ms` },
                { label: 'When', cell: ({ at }) => <Moment at={at} /> },
              ]}
            />
          )
        }
      </Loads>
    </Screen>
  );
}
