import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { jwtVerify, SignJWT } from 'jose';
import { expect } from 'vitest';
import { type ActionsEngine, startActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import { hashPassword } from '../../../src/tenant/authentication/accounts/password-hash.ts';
import { createTenantLog, type TenantLog } from '../../../src/tenant/logs/tenant-log.ts';
import { createManagementApi } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { managementScopes } from '../../../src/tenant/management/management-scopes.ts';
import { seedTenant } from '../../../src/tenant/seed-tenant.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import type { ClientRecord } from '../../../src/tenant/store/records/applications/client-repository.ts';
import type { Store } from '../../../src/tenant/store/store.ts';
import { findMistakes } from '../logs/log-shapes.ts';

export const audience = 'https://localhost:4000/api/v2/';
export const database = 'Username-Password-Authentication';
export const goodPassword = 'correct Horse 1';

const key = new TextEncoder().encode('a key of the tests, long enough for HS256');

/** Parsed JSON. The expectations of a test check its shape. */
type Json = ReturnType<typeof JSON.parse>;

export interface Answered {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** The Management API of a new tenant in memory. Everything is real except the signature check of tokens. */
export interface ManagementFixture {
  readonly api: Hono;
  readonly store: Store;
  readonly log: TenantLog;
  readonly engine: ActionsEngine;
  readonly managementClient: ClientRecord;
  /** A token with these scopes, or with all. */
  token(options?: {
    scopes?: readonly string[];
    subject?: string;
    audience?: string;
    expiresIn?: string;
    key?: Uint8Array;
  }): Promise<string>;
  /** `path` starts at `/roles` and the like. A string body is sent unchanged. */
  call(
    method: string,
    path: string,
    body?: unknown,
    options?: { token?: string; headers?: Record<string, string>; scopes?: readonly string[] },
  ): Promise<Answered>;
  close(): Promise<void>;
}

export async function openManagement(
  options: Pick<ManagementDependencies, 'rateLimit'> = {},
): Promise<ManagementFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-management-'));
  const store = openStore({ memory: true });
  const { managementClient } = seedTenant(store, { audience });
  const log = createTenantLog(store);
  const misshapen: string[] = [];
  log.subscribe((entry) => misshapen.push(...findMistakes(entry)));
  const engine = startActionsEngine({
    store,
    log,
    tenantName: 'test',
    dependencyCache: join(folder, 'packages'),
    workFolder: join(folder, 'work'),
  });
  const api = createManagementApi({
    ...options,
    store,
    log,
    audience,
    actions: engine.lifecycle,
    hashPassword,
    verifyAccessToken: async (token) => {
      const { payload } = await jwtVerify(token, key, { audience, algorithms: ['HS256'] });
      return { clientId: String(payload.azp), subject: String(payload.sub), scopes: String(payload.scope).split(' ') };
    },
  });

  const token: ManagementFixture['token'] = (options = {}) =>
    new SignJWT({ azp: managementClient.client_id, scope: (options.scopes ?? managementScopes).join(' ') })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(options.subject ?? `${managementClient.client_id}@clients`)
      .setAudience(options.audience ?? audience)
      .setIssuedAt()
      .setExpirationTime(options.expiresIn ?? '1h')
      .sign(options.key ?? key);

  const everything = await token();
  return {
    api,
    store,
    log,
    engine,
    managementClient,
    token,
    async call(method, path, body, options = {}) {
      const bearer = options.token ?? (options.scopes ? await token({ scopes: options.scopes }) : everything);
      const answer = await api.request(`/api/v2${path}`, {
        method,
        headers: {
          ...(bearer !== '' && { authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? '' : JSON.parse(text), headers: answer.headers };
    },
    async close() {
      // After each test: every log entry has the shape of its type.
      expect(misshapen).toEqual([]);
      await engine.close();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
