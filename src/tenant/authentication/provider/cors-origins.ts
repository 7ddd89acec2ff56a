import type { ClientRecord } from '../../store/records/applications/client-repository.ts';

/**
 * Whether a page of that origin may call the tenant for an application. Allowed are the origins in the application's
 * settings and those of its callback URLs.
 *
 * @example
 * corsAllowed(client, 'http://localhost:3000');
 * @see Auth0 docs: "Set Up Cross-Origin Authentication"; application settings "Allowed Origins (CORS)".
 */
export function corsAllowed(client: ClientRecord, origin: string): boolean {
  if (origin === 'null') return false;
  const callbacks = client.callbacks.map((callback) => URL.parse(callback)?.origin);
  return [...client.allowed_origins, ...client.web_origins, ...callbacks].includes(origin);
}
