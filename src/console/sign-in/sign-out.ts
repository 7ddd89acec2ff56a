import { keepSession } from '../console-session.ts';
import { mayLeave } from '../navigation/location.ts';
import { pageSettings } from '../page-settings.ts';

/** Forgets the token and whatever else the tab keeps, and ends the session with the tenant. */
export function signOut(): void {
  if (!mayLeave()) return;
  keepSession(undefined);
  sessionStorage.clear();
  const query = new URLSearchParams({ client_id: pageSettings.clientId, returnTo: `${pageSettings.issuer}console` });
  location.assign(`${pageSettings.issuer}v2/logout?${query}`);
}
