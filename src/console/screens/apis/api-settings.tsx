import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useTask } from '../../management/use-task.ts';
import { navigate } from '../../navigation/location.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Facts } from '../../parts/facts.tsx';
import { TextField, Tick } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Problem } from '../../parts/problem.tsx';

/** How tokens for an API are made. Those of the Management API are as they are. */
export function ApiSettings(props: { api: Management.GetResourceServerResponseContent; onChange: () => void }) {
  const { api, onChange } = props;
  const notify = useNotify();
  const [name, setName] = useState(api.name ?? '');
  const [lifetime, setLifetime] = useState(String(api.token_lifetime ?? 86_400));
  const [enforce, setEnforce] = useState(api.enforce_policies === true);
  const [offline, setOffline] = useState(api.allow_offline_access === true);
  const [asking, setAsking] = useState(false);
  const path = `resource-servers/${segment(api.id ?? '')}`;
  const save = useTask(async () => {
    await manage.patch(path, {
      name,
      token_lifetime: Number(lifetime),
      enforce_policies: enforce,
      token_dialect: enforce ? 'access_token_authz' : 'access_token',
      allow_offline_access: offline,
    } satisfies Management.UpdateResourceServerRequestContent);
    notify('The API is saved.');
    onChange();
  });
  if (api.is_system) {
    return (
      <Facts
        facts={[
          ['Signing algorithm', api.signing_alg],
          ['Token lifetime', `${api.token_lifetime} seconds`],
          ['Permissions', (api.scopes ?? []).length],
        ]}
      />
    );
  }
  const remove = async () => {
    await manage.delete(path);
    notify(`“${api.name}” is deleted.`);
    navigate('/console/apis');
  };
  return (
    <>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <TextField label="Name" required value={name} onChange={setName} />
        <TextField label="Token lifetime in seconds" type="number" required value={lifetime} onChange={setLifetime} />
        <Tick checked={enforce} onChange={setEnforce}>
          Enable RBAC: tokens have only those permissions that the person holds, and name them
        </Tick>
        <Tick checked={offline} onChange={setOffline}>
          Allow Offline Access: refresh tokens may be asked for
        </Tick>
        <Problem error={save.error} />
        <div className="row">
          <button type="submit" className="primary" disabled={save.busy}>
            Save
          </button>
        </div>
      </form>
      <section className="dangerous" aria-label="Danger zone">
        <div>
          <span>No tokens are made for a deleted API.</span>
          <button type="button" className="danger" onClick={() => setAsking(true)}>
            Delete
          </button>
        </div>
      </section>
      {asking && (
        <ConfirmDialog
          title={`Delete “${api.name}”?`}
          action="Delete API"
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>Its authorisations and permissions go with it. This cannot be undone.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
