import type { Management } from 'auth0';
import { manage } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { pageSettings } from '../../page-settings.ts';
import { Identifier } from '../../parts/copy-button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import { SettingsForm } from './settings-form.tsx';

/** The settings of the tenant. */
export function SettingsScreen() {
  const tenant = useLoaded('settings', (signal) =>
    manage.get<Management.GetTenantSettingsResponseContent>('tenants/settings', {}, signal),
  );
  return (
    <Screen
      title="Settings"
      introduction={
        <>
          These settings apply to the whole tenant, from the next request on.{' '}
          <Link to="/console/resources/tenants/settings">All settings</Link>
        </>
      }
    >
      <Facts
        facts={[
          ['Domain', <Identifier key="domain" value={new URL(pageSettings.audience).host} what="Domain" />],
          ['Issuer for browsers', <code key="issuer">{pageSettings.issuer}</code>],
          ['Management API', <code key="audience">{pageSettings.audience}</code>],
        ]}
      />
      <LoadedContent of={tenant}>{(found) => <SettingsForm tenant={found} onChange={tenant.reload} />}</LoadedContent>
    </Screen>
  );
}
