import { endSession } from '../console-session.ts';
import { confirmLeave } from '../navigation/location.ts';
import { pageSettings } from '../page-settings.ts';

/** Removes everything that the tab stores, the access token included, and ends the session with the tenant. */
export function signOut(): void {
  if (!confirmLeave()) return;
  endSession();
  sessionStorage.clear();
  const query = new URLSearchParams({ client_id: pageSettings.clientId, returnTo: `${pageSettings.issuer}console` });
  location.assign(`${pageSettings.issuer}v2/logout?${query}`);
}
