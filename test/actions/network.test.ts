import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueServerCertificate } from '../../src/tenant/certificate-authority.ts';
import { claimAction, claimValue, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let folder: string;
let server: Server;
let origin: string;
let caFile: string;
let tenant: TenantWithActions | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-ca-'));
  const issued = await issueServerCertificate(folder);
  const { certificate, key } = issued;
  caFile = issued.caFile;
  server = createServer({ cert: certificate, key }, (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ path: request.url, agent: request.headers.authorization ?? null }));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await tenant?.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await rm(folder, { recursive: true, force: true });
});

const calls = (): string =>
  claimAction(`await Promise.all([
    fetch('${origin}/fetch').then((answer) => answer.json()).then(({ path }) => path, (error) => error.cause?.code ?? error.message),
    new Promise((done) => require('https').get('${origin}/https', (answer) => done(answer.statusCode)).on('error', (error) => done(error.code))),
    process.env.NODE_EXTRA_CA_CERTS ?? null,
  ])`);

test.each(['node22', 'node18'])(
  'an Action on %s reaches servers whose certificate the tenant’s authority signed, and sees nothing of the setting',
  async (runtime) => {
    tenant ??= await tenantWithActions({ caFile, node18: true });
    await tenant.bound({ code: calls(), runtime });
    expect(claimValue(await tenant.login())).toEqual(['/fetch', 200, null]);
  },
);

test('without that authority it does not', async () => {
  const other = await tenantWithActions();
  await other.bound(calls());
  expect(claimValue(await other.login())).toEqual([
    expect.stringMatching(/^(UNABLE|SELF_SIGNED)/),
    expect.stringMatching(/^(UNABLE|SELF_SIGNED)/),
    null,
  ]);
  await other.close();
});
