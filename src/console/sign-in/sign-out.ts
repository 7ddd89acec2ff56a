import { mayLeave } from '../navigation/location.ts';
import { settings } from '../settings.ts';
import { keepSession } from './session.ts';

/** Forgets the token and whatever else the tab keeps, and ends the session with the tenant. */
export function signOut(): void {
  if (!mayLeave()) return;
  keepSession(undefined);
  sessionStorage.clear();
  const query = new URLSearchParams({ client_id: settings.clientId, returnTo: `${settings.issuer}console` });
  location.assign(`${settings.issuer}v2/logout?${query}`);
}
