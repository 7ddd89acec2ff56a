import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, signInLink } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { useTask } from '../../management/use-task.ts';
import { pageSettings } from '../../page-settings.ts';
import { Select } from '../../parts/field.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { ChooseUser } from './choose-user.tsx';

const asUser = 'user';

/** Starts a login to an application in another tab, for an existing user or for a made-up user of a social provider. */
export function StartLogin() {
  const loaded = useLoaded('applications to try', async (signal) => {
    const [clients, connections] = await Promise.all([
      manage.get<Management.Client[]>('clients', { per_page: 100, is_global: false }, signal),
      manage.get<Management.ConnectionForList[]>('connections', { per_page: 100 }, signal),
    ]);
    const able = clients.filter(({ callbacks = [] }) => callbacks.length > 0);
    return { clients: able, providers: connections.filter(({ strategy }) => strategy !== 'auth0') };
  });
  const [chosen, setChosen] = useState<string>();
  const [who, setWho] = useState(asUser);
  const [userId, setUserId] = useState('');
  const start = useTask(async (client: Management.Client) => {
    if (who === asUser && userId === '') throw new Error('Choose a user.');
    const address = who === asUser ? await signInLink(userId, client.client_id ?? '') : addressOf(client, who);
    const tab = open(address, '_blank');
    if (tab === null) throw new Error('The browser does not let the console open a tab. Allow it, and try again.');
    tab.opener = null;
  });
  return (
    <LoadedContent of={loaded}>
      {({ clients, providers }) => {
        const client = clients.find(({ client_id }) => client_id === chosen) ?? clients[0];
        if (client === undefined) {
          return <p className="muted">No application has a callback URL yet, so there is no login to start.</p>;
        }
        return (
          <form
            className="fields"
            onSubmit={(event) => {
              event.preventDefault();
              void start.run(client);
            }}
          >
            <Select
              label="Application"
              value={client.client_id ?? ''}
              onChange={setChosen}
              options={clients.map(({ client_id = '', name = '' }) => ({ value: client_id, label: name }))}
            />
            <Select
              label="Who signs in"
              value={who}
              onChange={setWho}
              options={[
                { value: asUser, label: 'A user, without the password' },
                { value: '', label: 'A user who types a name and a password' },
                ...providers.map(({ name = '' }) => ({ value: name, label: `A made-up user of ${name}` })),
              ]}
            />
            {who === asUser && <ChooseUser userId={userId} onChange={setUserId} />}
            <p className="muted">
              The login opens in another tab. If a user is still signed in to the application in this browser, sign out
              there first: the application does not ask again.
            </p>
            <ProblemNotice error={start.error} />
            <div className="row">
              <button type="submit" className="primary" disabled={start.busy}>
                Start the login
              </button>
            </div>
          </form>
        );
      }}
    </LoadedContent>
  );
}

/** The authorization request. Since the application did not start it, the application may reject the response. */
function addressOf(client: Management.Client, connection: string): string {
  const query = new URLSearchParams({
    client_id: client.client_id ?? '',
    response_type: 'code',
    redirect_uri: client.callbacks?.[0] ?? '',
    scope: 'openid profile email',
    state: `console-${crypto.randomUUID()}`,
    prompt: 'login',
    ...(connection && { connection }),
  });
  return `${pageSettings.issuer}authorize?${query}`;
}
