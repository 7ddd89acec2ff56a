import { endAllSessions } from '../console-session.ts';
import { confirmLeave } from '../navigation/location.ts';
import { pageSettings } from '../page-settings.ts';

/** Removes everything that the tab stores, the access token included, and ends the session of the other tabs and that with the tenant. */
export function signOut(): void {
  if (!confirmLeave()) return;
  endAllSessions();
  sessionStorage.clear();
  const query = new URLSearchParams({ client_id: pageSettings.clientId, returnTo: `${pageSettings.issuer}console` });
  location.assign(`${pageSettings.issuer}v2/logout?${query}`);
}
