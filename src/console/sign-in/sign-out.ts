import { settings } from '../settings.ts';
import { keepSession } from './session.ts';

/** Forgets the token, and ends the session with the tenant. */
export function signOut(): void {
  keepSession(undefined);
  const query = new URLSearchParams({ client_id: settings.clientId, returnTo: `${settings.issuer}console` });
  location.assign(`${settings.issuer}v2/logout?${query}`);
}
