import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ManagementClient } from 'auth0';
import { decodeJwt } from 'jose';
import type { Tenant } from '../tenant/tenant.ts';

/** A request that is refused more often than this is refused for another reason than the plan's limit, such as a fault of a test. */
const MOST_REPETITIONS = 6;
/** Milliseconds. Every plan lets at least one request a second pass. */
const LONGEST_WAIT = 2000;

/** The Management API of a tenant, with all rights. */
export interface ManagementAccess {
  /** Sends a request with a token. A request that is refused because of the rate limit is repeated when the tenant says so. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The official SDK. It is loaded by the first call: that takes longer than most of a start. */
  client(): ManagementClient;
}

/**
 * Opens the Management API of a tenant whose clock may move: the SDK itself keeps its token by the machine's clock.
 *
 * @param now the tenant's time in milliseconds
 * @example
 * const management = managementAccess(tenant, () => Date.now()).client();
 */
export function managementAccess(tenant: Tenant, now: () => number): ManagementAccess {
  let held: { readonly token: Promise<string>; expires: number } | undefined;
  let client: ManagementClient | undefined;
  const token = () => {
    if (held === undefined || held.expires <= now()) {
      const next = { token: requestToken(tenant), expires: now() + 1000 };
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
  return {
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers);
      for (let repetitions = 0; ; repetitions += 1) {
        headers.set('authorization', `Bearer ${await token()}`);
        const response = await fetch(new URL(path, tenant.management.audience), { ...init, headers });
        if (response.status !== 429 || repetitions === MOST_REPETITIONS) return response;
        await response.body?.cancel();
        // By the tenant's clock, unless the header is from before it was moved.
        const reset = Number(response.headers.get('x-ratelimit-reset')) * 1000;
        await delay(Math.min(Math.max(reset - now(), 0), LONGEST_WAIT));
      }
    },
    client: () => {
      client ??= new (loadSdk().ManagementClient)({ domain: tenant.domain, token, telemetry: false });
      return client;
    },
  };
}

/** Loads the same module as an `import`, so that a test's own import of it has the same classes of errors. */
function loadSdk(): typeof import('auth0') {
  return createRequire(import.meta.url)(fileURLToPath(import.meta.resolve('auth0')));
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
