import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { pageSettings } from '../../page-settings.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { CopyButton, Identifier } from '../../parts/copy-button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { useNotify } from '../../parts/notices.tsx';

/** Where the tenant is and the secret of an application, which is shown only when somebody asks. */
export function ClientSecret(props: { application: Management.GetClientResponseContent; onChange: () => void }) {
  const { application, onChange } = props;
  const [shown, setShown] = useState(false);
  const [asking, setAsking] = useState(false);
  const notify = useNotify();
  const { client_id = '', client_secret } = application;
  const rotate = async () => {
    await manage.post(`clients/${segment(client_id)}/rotate-secret`);
    notify('The application has another secret.');
    setAsking(false);
    onChange();
  };
  return (
    <>
      <Facts
        facts={[
          ['Domain', <Identifier key="domain" value={new URL(pageSettings.audience).host} what="Domain" />],
          ['Client ID', <Identifier key="id" value={client_id} what="Client ID here" />],
          [
            'Client Secret',
            client_secret === undefined ? undefined : (
              <span key="secret" className="identifier">
                <code>{shown ? client_secret : '••••••••••••'}</code>
                <button type="button" className="copy" onClick={() => setShown(!shown)}>
                  {shown ? 'Hide' : 'Show'}
                </button>
                <CopyButton text={client_secret} what="Client Secret" />
                <button type="button" className="copy" onClick={() => setAsking(true)}>
                  Rotate
                </button>
              </span>
            ),
          ],
        ]}
      />
      {asking && (
        <ConfirmDialog
          title="Rotate the secret?"
          action="Rotate secret"
          onConfirm={rotate}
          onClose={() => setAsking(false)}
        >
          <p>The application cannot prove itself with the old one any more. Tell it the new one.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
