import type { Management } from 'auth0';
import { useState } from 'react';
import { manage } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Select, TextField } from '../../parts/field.tsx';
import { Loads } from '../../parts/loads.tsx';
import { settings } from '../../settings.ts';

/** Opens the login of an application in another tab, for a user or for somebody of a social provider who is made up there. */
export function StartLogin() {
  const loaded = useLoaded('applications to try', async (signal) => {
    const [clients, connections] = await Promise.all([
      manage.get<Management.Client[]>('clients', { per_page: 100, is_global: false }, signal),
      manage.get<Management.ConnectionForList[]>('connections', { per_page: 100 }, signal),
    ]);
    const open = clients.filter(
      ({ client_id, callbacks = [] }) => callbacks.length > 0 && client_id !== settings.clientId,
    );
    return { clients: open, connections: connections.filter(({ name }) => name !== 'portcullis-console') };
  });
  const [chosen, setChosen] = useState<string>();
  const [connection, setConnection] = useState('');
  const [email, setEmail] = useState('');
  return (
    <Loads of={loaded}>
      {({ clients, connections }) => {
        const client = clients.find(({ client_id }) => client_id === chosen) ?? clients[0];
        if (client === undefined) {
          return <p className="muted">No application has a callback URL yet, so nobody can sign in to one.</p>;
        }
        return (
          <form
            className="fields"
            onSubmit={(event) => {
              event.preventDefault();
              open(addressOf(client, connection, email), '_blank', 'noopener');
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
              value={connection}
              onChange={setConnection}
              options={[
                { value: '', label: 'Whoever types a name and a password' },
                ...connections.map(({ name = '', strategy }) => ({
                  value: name,
                  label: strategy === 'auth0' ? `A user of ${name}` : `Somebody made up, from ${name}`,
                })),
              ]}
            />
            <TextField label="Email to begin with" type="email" value={email} onChange={setEmail} />
            <div className="row">
              <button type="submit" className="primary">
                Start the login
              </button>
              {client.initiate_login_uri && (
                <a className="button" href={client.initiate_login_uri} target="_blank" rel="noreferrer">
                  Open the application itself
                </a>
              )}
            </div>
            <p className="muted">
              It opens in another tab. Begun here and not by the application, it ends at the callback, and the
              application may turn that away; everything that the tenant does is done.
            </p>
          </form>
        );
      }}
    </Loads>
  );
}

function addressOf(client: Management.Client, connection: string, email: string): string {
  const query = new URLSearchParams({
    client_id: client.client_id ?? '',
    response_type: 'code',
    redirect_uri: client.callbacks?.[0] ?? '',
    scope: 'openid profile email',
    state: `console-${crypto.randomUUID()}`,
    prompt: 'login',
    ...(connection && { connection }),
    ...(email && { login_hint: email }),
  });
  return `${settings.issuer}authorize?${query}`;
}
