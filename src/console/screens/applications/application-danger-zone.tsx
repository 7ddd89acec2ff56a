import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { Danger, DangerZone } from '../../parts/danger-zone.tsx';
import { useNotify } from '../../parts/notices.tsx';

/** Deletes an application. */
export function ApplicationDangerZone({ application }: { application: Management.GetClientResponseContent }) {
  const notify = useNotify();
  const { client_id = '', name } = application;
  const remove = async () => {
    await manage.delete(`clients/${segment(client_id)}`);
    notify(`“${name}” is deleted.`);
    navigate('/console/applications', { ask: false });
  };
  return (
    <DangerZone>
      <Danger
        note="No user can sign in to a deleted application. Its authorisations are deleted with it."
        label="Delete"
        title={`Delete “${name}”?`}
        action="Delete application"
        consequence="This cannot be undone."
        onConfirm={remove}
      />
    </DangerZone>
  );
}
