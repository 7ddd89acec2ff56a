import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { TenantLog } from '../../logs/tenant-log.ts';
import { isOnThisMachine, postToWebhook } from '../../logs/webhook.ts';
import { onSessionEnd, type SessionEnd, type SessionEndReason } from '../../sessions/session-ends.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import { signingKeys } from '../provider/signing-keys.ts';

export interface BackchannelLogoutOptions {
  readonly store: Store;
  readonly log: TenantLog;
  /** PEM file of a certificate authority that is trusted in addition to the public ones. */
  readonly caFile: string;
}

/** A logout token, and the application that receives it. */
interface Notification {
  readonly url: string;
  readonly client: ClientRecord;
  readonly issuer: string;
  readonly subject: string;
  readonly sessionId: string;
}

/** Seconds. */
const TOKEN_LIFETIME = 120;
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Sends a logout token to the applications of a session that ends, if their settings ask for it and their address is on this machine. No
 * other address is ever contacted.
 *
 * @returns a function that ends the notifications
 * @example
 * const stop = startBackchannelLogout({ store, log, caFile });
 * @see OpenID Connect Back-Channel Logout 1.0; Auth0 docs: "OIDC Back-Channel Logout Initiators".
 */
export function startBackchannelLogout(options: BackchannelLogoutOptions): () => Promise<void> {
  const { store } = options;
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  const unsubscribe = onSessionEnd(store, (end) => {
    const notifications = notificationsOf(store, end);
    if (notifications.length === 0) return;
    const work = notifyAll(options, end.id, notifications, ending.signal).finally(() => running.delete(work));
    running.add(work);
  });
  return async () => {
    unsubscribe();
    ending.abort();
    await Promise.all(running);
  };
}

async function notifyAll(
  options: BackchannelLogoutOptions,
  id: string,
  notifications: readonly Notification[],
  ending: AbortSignal,
): Promise<void> {
  // The session ends within a transaction, which may be undone.
  await new Promise((resolve) => setImmediate(resolve));
  if (ending.aborted || options.store.artifacts.findByUid('Session', id) !== undefined) return;
  await Promise.all(notifications.map((notification) => notify(options, notification, ending)));
}

/** The applications that the user has signed in to in the session, and whose settings ask for the token. */
function notificationsOf(store: Store, { id, payload, reason }: SessionEnd): Notification[] {
  return Object.entries(objectOf(payload.authorizations)).flatMap(([clientId, authorization]) => {
    const client = store.clients.find(clientId);
    const { grantId } = objectOf(authorization);
    const issuer = typeof grantId === 'string' ? issuerOf(store, grantId) : undefined;
    const url = client && addressOf(client, reason);
    if (client === undefined || issuer === undefined || url === undefined) return [];
    return [{ url, client, issuer, subject: String(payload.accountId), sessionId: id }];
  });
}

/** The domain of a login. The library of the login's own class is loaded by the first login only. */
function issuerOf(store: Store, grantId: string): string | undefined {
  const issuer = store.artifacts.find('LoginGrant', grantId)?.issuer;
  return typeof issuer === 'string' ? issuer : undefined;
}

/** The address that the application's settings name for this kind of end. Without initiators it is for logouts. */
function addressOf({ other }: ClientRecord, reason: SessionEndReason): string | undefined {
  const settings = objectOf(other.oidc_logout ?? other.oidc_backchannel_logout);
  const { backchannel_logout_urls, backchannel_logout_initiators } = settings;
  const [url] = Array.isArray(backchannel_logout_urls) ? backchannel_logout_urls : [];
  if (typeof url !== 'string' || !isOnThisMachine(url)) return undefined;
  return isInitiator(objectOf(backchannel_logout_initiators), reason) ? url : undefined;
}

function isInitiator({ mode, selected_initiators: selected }: JsonObject, reason: SessionEndReason): boolean {
  if (mode === 'all') return true;
  return Array.isArray(selected) ? selected.includes(reason) : reason === 'rp-logout';
}

async function notify(
  { store, log, caFile }: BackchannelLogoutOptions,
  notification: Notification,
  ending: AbortSignal,
): Promise<void> {
  const { url, client, subject, issuer } = notification;
  let failure: string | undefined;
  try {
    const body = new URLSearchParams({ logout_token: await logoutToken(store, notification) }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await postToWebhook({ url, headers, body }, caFile, ending);
  } catch (error) {
    if (ending.aborted) return;
    failure = error instanceof Error ? error.message : String(error);
  }
  const user = store.users.find(subject);
  log.write({
    type: failure === undefined ? 'sslo' : 'fslo',
    description: failure ?? 'The application has received the logout token.',
    hostname: new URL(issuer).host,
    client_id: client.client_id,
    client_name: client.name,
    user_id: subject,
    ...(user !== undefined && { user_name: user.email ?? user.username ?? user.user_id }),
    details: { backchannel_logout_url: url, session_id: notification.sessionId },
  });
}

async function logoutToken(store: Store, notification: Notification): Promise<string> {
  // Loaded by the first token: a start does not wait for it.
  const { importJWK, SignJWT } = await import('jose');
  const [key] = await signingKeys(store);
  if (key === undefined) throw new Error('The tenant has no signing key.');
  return new SignJWT({ sid: notification.sessionId, events: { [EVENT]: {} } })
    .setProtectedHeader({ alg: 'RS256', typ: 'logout+jwt', kid: key.kid })
    .setIssuer(notification.issuer)
    .setSubject(notification.subject)
    .setAudience(notification.client.client_id)
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_LIFETIME} s`)
    .setJti(randomUUID())
    .sign(await importJWK(key.private_jwk as JWK, 'RS256'));
}
