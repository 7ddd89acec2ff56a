import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { pageSettings } from '../../page-settings.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { CopyButton, Identifier } from '../../parts/copy-button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { useNotify } from '../../parts/notices.tsx';

/** The domain, the client id and the secret of an application. The secret is hidden until the user asks to see it. */
export function ClientSecret(props: { application: Management.GetClientResponseContent; onChange: () => void }) {
  const { application, onChange } = props;
  const [visible, setVisible] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const notify = useNotify();
  const { client_id = '', client_secret } = application;
  const rotate = async () => {
    await manage.post(`clients/${segment(client_id)}/rotate-secret`);
    notify('The application has a new secret.');
    setConfirming(false);
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
                <code>{visible ? client_secret : '••••••••••••'}</code>
                <button type="button" className="copy" onClick={() => setVisible(!visible)}>
                  {visible ? 'Hide' : 'Show'}
                </button>
                <CopyButton text={client_secret} what="Client Secret" />
                <button type="button" className="copy" onClick={() => setConfirming(true)}>
                  Rotate
                </button>
              </span>
            ),
          ],
          [
            'In a browser',
            <span key="browser">
              <Identifier value={new URL(pageSettings.issuer).origin} what="Address in a browser" /> needs no
              certificate of the tenant
            </span>,
          ],
        ]}
      />
      {confirming && (
        <ConfirmDialog
          title="Rotate the secret?"
          action="Rotate secret"
          onConfirm={rotate}
          onClose={() => setConfirming(false)}
        >
          <p>The application cannot authenticate with the old secret any more. Configure the new one there.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
