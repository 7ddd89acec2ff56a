import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueServerCertificate } from '../../../src/tenant/certificate-authority.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
let folder: string;
let caFile: string;
let server: Server;
beforeAll(async () => {
  tenant = await openManagement();
  folder = mkdtempSync(join(tmpdir(), 'portcullis-sdk-'));
  const certificate = await issueServerCertificate(folder);
  caFile = certificate.caFile;
  const options = { key: certificate.key, cert: certificate.certificate };
  server = createServer(options, getRequestListener(tenant.api.fetch));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the official auth0 package', () => {
  it('creates all resources of a gate over HTTPS, and understands every refusal', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, 'official-sdk-client.ts')],
      {
        env: {
          PATH: process.env.PATH,
          NODE_EXTRA_CA_CERTS: caFile,
          DOMAIN: `localhost:${(server.address() as AddressInfo).port}`,
          TOKEN: await tenant.token(),
          CALLER: tenant.managementClient.client_id,
        },
      },
    );
    expect(JSON.parse(stdout)).toEqual({
      grant: ['read:things'],
      application: ['https://apex.example/ords/apex_authentication.callback'],
      enabled: true,
      roles: ['default'],
      members: ['ada@example.com', 'bob@example.com'],
      allUsers: ['ada@example.com', 'bob@example.com', 'cyd@example.com'],
      byEmail: [true],
      metadata: { name: 'bob', seen: true },
      bound: [true],
      versions: [1],
      triggers: true,
      logs: ['sapi', 'mgmt_api_read'],
      friendlyName: 'Local',
      missing: [404, 'NotFoundError'],
      invalid: [400, 'BadRequestError'],
      taken: [409, 'ConflictError'],
      boundDelete: [409, 'ManagementError'],
      unbuilt: [404, 'NotFoundError'],
      deleted: 0,
    });
    const [entry] = tenant.store.logs.list({ type: 'sapi' }, { page: 0, perPage: 1 }).rows;
    expect(entry?.ip).toMatch(/127\.0\.0\.1|::1/);
  });
});
