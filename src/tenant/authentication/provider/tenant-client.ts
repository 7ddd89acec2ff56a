import { randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import { type Client, type ClientMetadata, errors } from 'oidc-provider';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import { callbackAllowed } from './callback-url.ts';
import { activeKeys, provesByCredential } from './client-keys.ts';

/** An application of the tenant as the library sees it. */
export interface TenantClient extends Client {
  readonly record: ClientRecord;
}

/** Auth0's response types, as the library sorts them; all but `token` alone, which the library does not have. */
export const RESPONSE_TYPES = [
  'code',
  'id_token',
  'id_token token',
  'code id_token',
  'code token',
  'code id_token token',
] as const;

/** The application of a request that the library has let this far. */
export function clientRecordOf(client: Client | undefined): ClientRecord {
  if (client === undefined) throw new Error('No application is known yet.');
  return (client as TenantClient).record;
}

/**
 * Has the library take applications from the tenant's own table, anew at every request, under Auth0's rules of what
 * each may do. The library's own rules for registering clients are stricter than Auth0's (no `http` callbacks for the
 * implicit flow, no private schemes for web applications, …), so callbacks and grants are not put to it.
 *
 * @example
 * installTenantClients(provider, store);
 */
export function installTenantClients(provider: Provider, store: Store): void {
  const LibraryClient = provider.Client as unknown as new (metadata: ClientMetadata) => Client;
  const known = new Map<string, { readonly source: string; readonly client: TenantClient }>();

  class ClientOfTenant extends LibraryClient implements TenantClient {
    readonly record: ClientRecord;

    constructor(record: ClientRecord, keys: readonly JsonObject[]) {
      super(libraryMetadata(record, keys));
      this.record = record;
    }

    static async find(id: unknown): Promise<TenantClient | undefined> {
      const record = typeof id === 'string' ? store.clients.find(id) : undefined;
      if (record === undefined || record.global) {
        if (typeof id === 'string') known.delete(id);
        return undefined;
      }
      // Keys come and go, and expire, without a change to the application.
      const keys = provesByCredential(record) ? activeKeys(store, record) : [];
      const source = JSON.stringify([record, keys]);
      const cached = known.get(record.client_id);
      if (cached?.source === source) return cached.client;
      const client = new ClientOfTenant(record, keys);
      known.set(record.client_id, { source, client });
      return client;
    }

    override redirectUriAllowed(redirectUri: string): boolean {
      return callbackAllowed(this.record.callbacks, redirectUri);
    }

    override grantTypeAllowed(type: string): boolean {
      // A token for the application itself is for one that can prove who it is.
      if (type === 'client_credentials' && isPublic(this.record)) return false;
      // Nor does an application of somebody else's get to see a password.
      if (!this.record.is_first_party && PASSWORD_GRANTS.includes(type)) return false;
      return this.record.grant_types.includes(type);
    }

    override responseTypeAllowed(type: string): boolean {
      const needed = type === 'code' ? ['authorization_code'] : type.includes('code') ? BOTH : ['implicit'];
      const missing = needed.find((grant) => !this.record.grant_types.includes(grant));
      if (missing === undefined) return true;
      throw new errors.UnauthorizedClient(`Grant type '${missing}' not allowed for the client.`);
    }

    /** Auth0's ID tokens always have a `sid`. */
    override includeSid(): boolean {
      return true;
    }
  }

  Object.defineProperty(provider, 'Client', { value: ClientOfTenant });
}

const PASSWORD_GRANTS = ['password', 'http://auth0.com/oauth/grant-type/password-realm'];

const BOTH = ['authorization_code', 'implicit'];

function isPublic(record: ClientRecord): boolean {
  return !provesByCredential(record) && record.token_endpoint_auth_method === 'none';
}

/** Only what identifies the application and its signing; the rest is asked of the record. */
function libraryMetadata(record: ClientRecord, keys: readonly JsonObject[]): ClientMetadata {
  const usesSecret = record.jwt_configuration.alg === 'HS256' && record.client_secret !== '';
  return {
    client_id: record.client_id,
    client_name: record.name,
    redirect_uris: ['https://callbacks-are-checked-by-the-tenant.invalid/'],
    response_types: [...RESPONSE_TYPES],
    grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
    // One of the two stands for both: Auth0 takes a secret from the body and from the header alike.
    token_endpoint_auth_method: authMethodOf(record),
    ...(provesByCredential(record) && { jwks: { keys: [...keys] } as unknown as ClientMetadata['jwks'] }),
    require_pushed_authorization_requests: record.other.require_pushed_authorization_requests === true,
    id_token_signed_response_alg: usesSecret ? 'HS256' : 'RS256',
    // An application that has no secret has none that could be told.
    ...(isPublic(record) && !usesSecret
      ? {}
      : { client_secret: record.client_secret || randomBytes(32).toString('hex') }),
  };
}

/** Certificates of mutual TLS are not asked for here: an application that has nothing else cannot prove itself. */
function authMethodOf(record: ClientRecord): 'none' | 'client_secret_post' | 'private_key_jwt' {
  if (provesByCredential(record)) return 'private_key_jwt';
  return isPublic(record) ? 'none' : 'client_secret_post';
}
