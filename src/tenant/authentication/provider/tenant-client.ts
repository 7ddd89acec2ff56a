import { randomBytes } from 'node:crypto';
import Provider, { type Client, type ClientMetadata, errors } from 'oidc-provider';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import { organizationUrls } from '../authorize/organizations/organization.ts';
import { originalRequest } from '../authorize/original-request.ts';
import { callbackAllowed } from './callback-url.ts';
import { activeKeys, usesCredential } from './client-keys.ts';

/** An application of the tenant in the form of the library's client. */
interface TenantClient extends Client {
  readonly record: ClientRecord;
}

/** Auth0's response types in the library's order, except `token` alone, which the library does not support. */
export const RESPONSE_TYPES = [
  'code',
  'id_token',
  'id_token token',
  'code id_token',
  'code token',
  'code id_token token',
] as const;

/** The application of a request that the library has authenticated. */
export function clientRecordOf(client: Client | undefined): ClientRecord {
  if (client === undefined) throw new Error('The request has no application yet.');
  return (client as TenantClient).record;
}

/**
 * Makes the library read applications from the tenant's store at every request, with Auth0's rules for what each may do.
 * The library's own rules for client registration are stricter than Auth0's (no `http` callbacks for the implicit flow,
 * no private schemes for web applications, …), so the tenant checks callbacks and grants itself.
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
      // Keys are added, deleted and expire without a change to the application's record.
      const keys = usesCredential(record) ? activeKeys(store, record) : [];
      const source = JSON.stringify([record, keys]);
      const cached = known.get(record.client_id);
      if (cached?.source === source) return cached.client;
      const client = new ClientOfTenant(record, keys);
      known.set(record.client_id, { source, client });
      return client;
    }

    override redirectUriAllowed(redirectUri: string): boolean {
      const { organization } = originalRequest(Provider.ctx?.oidc.params);
      return callbackAllowed(organizationUrls(store, this.record, this.record.callbacks, organization), redirectUri);
    }

    override grantTypeAllowed(type: string): boolean {
      // Only an application that can authenticate itself may get a token for itself.
      if (type === 'client_credentials' && isPublic(this.record)) return false;
      // A third-party application must not see a user's password.
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
  return !usesCredential(record) && record.token_endpoint_auth_method === 'none';
}

/** Only the members that identify the application and its signing. The rest is read from the record. */
function libraryMetadata(record: ClientRecord, keys: readonly JsonObject[]): ClientMetadata {
  const usesSecret = record.jwt_configuration.alg === 'HS256' && record.client_secret !== '';
  return {
    client_id: record.client_id,
    client_name: record.name,
    redirect_uris: ['https://callbacks-are-checked-by-the-tenant.invalid/'],
    response_types: [...RESPONSE_TYPES],
    grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
    // This method stands for both: Auth0 accepts a secret in the body and in the header.
    token_endpoint_auth_method: authMethodOf(record),
    ...(usesCredential(record) && { jwks: { keys: [...keys] } as unknown as ClientMetadata['jwks'] }),
    require_pushed_authorization_requests: record.other.require_pushed_authorization_requests === true,
    id_token_signed_response_alg: usesSecret ? 'HS256' : 'RS256',
    // An application without a secret gets a random one that no caller knows.
    ...(isPublic(record) && !usesSecret
      ? {}
      : { client_secret: record.client_secret || randomBytes(32).toString('hex') }),
  };
}

/** The authentication method. Mutual TLS is not supported: an application with only a certificate cannot authenticate. */
function authMethodOf(record: ClientRecord): 'none' | 'client_secret_post' | 'private_key_jwt' {
  if (usesCredential(record)) return 'private_key_jwt';
  return isPublic(record) ? 'none' : 'client_secret_post';
}
