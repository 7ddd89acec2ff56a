import { errors } from 'oidc-provider';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import { organizationUrls } from '../authorize/organizations/organization.ts';
import { callbackAllowed } from './callback-url.ts';

/**
 * Whether a page of that origin may call the tenant for an application. Allowed are the origins in the application's
 * settings and those of its callback URLs. A `*` may stand for a sub-domain.
 *
 * @example
 * corsAllowed(store, client, 'http://localhost:3000');
 * @see Auth0 docs: "Set Up Cross-Origin Authentication"; application settings "Allowed Origins (CORS)".
 */
export function corsAllowed(store: Store, client: ClientRecord, origin: string): boolean {
  const callbacks = client.callbacks.map(originOfCallback);
  const origins = [...client.allowed_origins, ...client.web_origins, ...callbacks];
  const named = origins.flatMap((entry) => organizationUrls(store, client, [entry], nameInOrigin(entry, origin)));
  return origin !== 'null' && callbackAllowed(named, origin);
}

/** The origin of a callback. A callback with `{organization_name}` is not a URL. */
function originOfCallback(callback: string): string {
  return URL.parse(callback)?.origin ?? /^https?:\/\/[^/?#]+/i.exec(callback)?.[0] ?? '';
}

/** The text that stands in the origin for the `{organization_name}` of the entry. */
function nameInOrigin(entry: string, origin: string): string | undefined {
  const [before = '', after] = entry.split('{organization_name}');
  if (after === undefined || !origin.startsWith(before) || !origin.endsWith(after)) return undefined;
  return origin.slice(before.length, origin.length - after.length);
}

/**
 * Refuses an authorization response that a message carries to another window, unless the callback's origin is one of the
 * application's Allowed Web Origins. The error is shown on a page: the window does not receive it.
 *
 * @throws `invalid_request`, in Auth0's words.
 * @example
 * assertWebOrigin(client.web_origins, { response_mode: 'web_message', redirect_uri: 'http://localhost:3000' });
 * @see Auth0 docs: "Application Settings", Allowed Web Origins.
 */
export function assertWebOrigin(webOrigins: readonly string[], parameters: Readonly<Record<string, unknown>>): void {
  const { response_mode, redirect_uri } = parameters;
  if (!String(response_mode).startsWith('web_message')) return;
  const origin = URL.parse(String(redirect_uri))?.origin ?? '';
  if (callbackAllowed(webOrigins, origin)) return;
  throw Object.assign(
    new errors.InvalidRequest(`The specified redirect_uri '${redirect_uri}' does not have a registered origin.`),
    { allow_redirect: false },
  );
}
