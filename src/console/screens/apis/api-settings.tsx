import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { Danger, DangerZone } from '../../parts/danger-zone.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Checkbox, TextField } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';

type Api = Management.GetResourceServerResponseContent;

/** The token settings of an API. Sends only the changed fields. The Management API's settings cannot be changed. */
export function ApiSettings({ api, onChange }: { api: Api; onChange: () => void }) {
  if (!api.is_system) return <CustomApiSettings api={api} onChange={onChange} />;
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

function CustomApiSettings({ api, onChange }: { api: Api; onChange: () => void }) {
  const notify = useNotify();
  const fields = useFields({
    name: api.name ?? '',
    lifetime: String(api.token_lifetime ?? 86_400),
    enforce: api.enforce_policies === true,
    offline: api.allow_offline_access === true,
  });
  const { values, change, changes, field } = fields;
  const path = `resource-servers/${segment(api.id ?? '')}`;
  const save = () => {
    const { name, lifetime, enforce, offline } = changes;
    return manage.patch(path, {
      ...(name !== undefined && { name }),
      ...(lifetime !== undefined && { token_lifetime: Number(lifetime) }),
      ...(enforce !== undefined && {
        enforce_policies: enforce,
        token_dialect: enforce ? 'access_token_authz' : 'access_token',
      }),
      ...(offline !== undefined && { allow_offline_access: offline }),
    } satisfies Management.UpdateResourceServerRequestContent);
  };
  const remove = async () => {
    await manage.delete(path);
    notify(`“${api.name}” is deleted.`);
    navigate('/console/apis', { ask: false });
  };
  return (
    <>
      <SaveForm fields={fields} action="Save" save={save} doneMessage="The API is saved." onSaved={onChange}>
        <TextField label="Name" required {...field('name')} />
        <TextField label="Token lifetime in seconds" type="number" required {...field('lifetime')} />
        <Checkbox checked={values.enforce} onChange={(enforce) => change({ enforce })}>
          Enable RBAC: tokens contain only the permissions that the user holds, and list them
        </Checkbox>
        <Checkbox checked={values.offline} onChange={(offline) => change({ offline })}>
          Allow Offline Access: applications can request refresh tokens
        </Checkbox>
      </SaveForm>
      <DangerZone>
        <Danger
          note="Applications get no more tokens for a deleted API."
          label="Delete"
          title={`Delete “${api.name}”?`}
          action="Delete API"
          consequence="Its authorisations and permissions are deleted with it. This cannot be undone."
          onConfirm={remove}
        />
      </DangerZone>
    </>
  );
}
