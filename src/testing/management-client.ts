import { ManagementClient } from 'auth0';
import { decodeJwt } from 'jose';
import type { Tenant } from '../tenant/tenant.ts';
import type { TenantClock } from './tenant-clock.ts';

/**
 * Returns the official SDK for a tenant whose clock may move: the SDK itself keeps its token by the machine's clock.
 *
 * @example
 * const management = managementClient(tenant, clock);
 */
export function managementClient(tenant: Tenant, clock: TenantClock): ManagementClient {
  let held: { readonly token: Promise<string>; expires: number } | undefined;
  const token = () => {
    const now = clock.now().getTime();
    if (held === undefined || held.expires <= now) {
      const next = { token: requestToken(tenant), expires: now + 1000 };
      next.token.then(
        (text) => {
          next.expires = Number(decodeJwt(text).exp) * 1000;
        },
        () => {
          held = undefined;
        },
      );
      held = next;
    }
    return held.token;
  };
  return new ManagementClient({ domain: tenant.domain, token, telemetry: false });
}

async function requestToken({ url, management }: Tenant): Promise<string> {
  const response = await fetch(new URL('oauth/token', url), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: management.clientId,
      client_secret: management.clientSecret,
      audience: management.audience,
    }),
  });
  const answer = (await response.json()) as { readonly access_token?: string; readonly error?: string };
  if (answer.access_token === undefined) throw new Error(`The tenant gave no Management API token: ${answer.error}`);
  return answer.access_token;
}
