import type { Management } from 'auth0';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId, useState } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useTask } from '../../management/use-task.ts';
import { Link } from '../../navigation/link.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Checkbox } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { GrantedPermissions } from './granted-permissions.tsx';

/** An application that can be authorized for an API: a checkbox, and below it the permissions. */
export function MachineApplication(props: {
  api: Management.GetResourceServerResponseContent;
  client: Management.Client;
  grant: Management.ClientGrantResponseContent | undefined;
  onChange: () => void;
}) {
  const { api, client, grant, onChange } = props;
  const [open, setOpen] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const notify = useNotify();
  const panel = useId();
  const { client_id = '', name, grant_types = [] } = client;
  const authorize = useTask(async () => {
    // The dashboard adds the grant type if it is missing, because an authorisation is useless without it.
    if (!grant_types.includes('client_credentials')) {
      await manage.patch(`clients/${segment(client_id)}`, {
        grant_types: [...grant_types, 'client_credentials'],
      } satisfies Management.UpdateClientRequestContent);
    }
    await manage.post('client-grants', {
      client_id,
      audience: api.identifier ?? '',
      scope: [],
    } satisfies Management.CreateClientGrantRequestContent);
    setOpen(true);
    onChange();
  });
  const removeAuthorization = async () => {
    await manage.delete(`client-grants/${segment(grant?.id ?? '')}`);
    notify(`${name} is no longer authorized for this API.`);
    setConfirming(false);
    setOpen(false);
    onChange();
  };
  return (
    <li>
      <div className="machine">
        <span className="name">
          <Link to={`/console/applications/${segment(client_id)}`}>{name}</Link>
          <code className="muted">{client_id}</code>
        </span>
        <Checkbox
          checked={grant !== undefined}
          disabled={authorize.busy}
          onChange={(yes) => (yes ? void authorize.run() : setConfirming(true))}
        >
          <span className="unseen">{name}: </span>Authorized
        </Checkbox>
        <button
          type="button"
          className="quiet only-icon"
          aria-expanded={open}
          aria-controls={panel}
          aria-label={`Permissions of ${name}`}
          disabled={grant === undefined}
          onClick={() => setOpen(!open)}
        >
          <Icon of={open ? ChevronUp : ChevronDown} />
        </button>
      </div>
      <ProblemNotice error={authorize.error} />
      <div id={panel}>
        {open && grant !== undefined && (
          <GrantedPermissions
            key={grant.scope?.join()}
            api={api}
            grant={grant}
            name={name ?? client_id}
            onChange={onChange}
          />
        )}
      </div>
      {confirming && (
        <ConfirmDialog
          title={`Remove the authorisation of ${name}?`}
          action="Remove authorisation"
          onConfirm={removeAuthorization}
          onClose={() => setConfirming(false)}
        >
          <p>Its next request for a token is refused, and its permissions are deleted.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
