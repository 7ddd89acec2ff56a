import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { navigate } from '../../navigation/location.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { useNotify } from '../../parts/notices.tsx';

/** The end of an application. */
export function ApplicationDangerZone({ application }: { application: Management.GetClientResponseContent }) {
  const [asking, setAsking] = useState(false);
  const notify = useNotify();
  const { client_id = '', name } = application;
  const remove = async () => {
    await manage.delete(`clients/${segment(client_id)}`);
    notify(`“${name}” is deleted.`);
    navigate('/console/applications');
  };
  return (
    <section className="dangerous" aria-label="Danger zone">
      <div>
        <span>Nobody signs in to a deleted application, and its authorisations are gone.</span>
        <button type="button" className="danger" onClick={() => setAsking(true)}>
          Delete
        </button>
      </div>
      {asking && (
        <ConfirmDialog
          title={`Delete “${name}”?`}
          action="Delete application"
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>This cannot be undone.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
