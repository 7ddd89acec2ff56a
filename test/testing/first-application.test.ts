import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { startTenant, type TestTenant } from '../../src/testing/start-test-tenant.ts';

const run = promisify(execFile);
const entry = new URL('../../src/testing/start-test-tenant.ts', import.meta.url).href;

let tenant: TestTenant | undefined;
afterEach(() => tenant?.stop());

it('an application that a tenant has from the beginning is as one that the Management API makes', async () => {
  tenant = await startTenant({ users: [{ email: 'una@example.com', password: 'Open-1-gate' }] });
  const management = tenant.management();
  const { env } = tenant;
  const first = await management.clients.get(env.AUTH0_CLIENT_ID ?? '');
  const { client_id } = await management.clients.create({
    name: first.name ?? '',
    app_type: 'regular_web',
    callbacks: first.callbacks ?? [],
    allowed_logout_urls: first.allowed_logout_urls ?? [],
  });
  const created = await management.clients.get(client_id ?? '');
  const own = { client_id: '', client_secret: '' };
  expect({ ...first, ...own }).toEqual({ ...created, ...own });
  expect([first.client_secret, first.callbacks?.[0]]).toEqual([env.AUTH0_CLIENT_SECRET, env.AUTH0_CALLBACK_URL]);
  for await (const { id = '', name } of await management.connections.list()) {
    const { clients = [] } = (await management.connections.clients.get(id)).response;
    expect(
      clients.map((one) => one.client_id),
      name,
    ).toContain(first.client_id);
  }
  const una = await tenant.signIn({ user: 'una@example.com' });
  expect(una.claims).toMatchObject({ aud: first.client_id, email: 'una@example.com' });
});

it('is not there if a seed has an application, and is found by its name', async () => {
  tenant = await startTenant({ seed: { clients: [{ name: 'Web', callbacks: ['https://app.example.com/callback'] }] } });
  const { data } = await tenant.management().clients.list({ is_global: false });
  expect(data.map(({ name }) => name)).not.toContain('Test Application');
  await tenant.stop();
  tenant = await startTenant({ application: 'Test Application' });
  expect(tenant.env.AUTH0_CALLBACK_URL).toBe('http://localhost:3000/callback');
  await expect(startTenant({ application: 'Tset Application' })).rejects.toMatchObject({
    code: 'application_unknown',
    remedy: 'Did you mean "Test Application"?',
  });
});

it('a tenant is ready before what answers its logins and its Management API is loaded', async () => {
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { startTenant } = await import('${entry}');
    const tenant = await startTenant();
    await (await fetch(tenant.httpUrl + '.well-known/openid-configuration')).json();
    console.log(JSON.stringify(loaded));
    await tenant.stop();
  `;
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
  const { stdout } = await run(process.execPath, options, { maxBuffer: 1e7 });
  const loaded = JSON.parse(stdout) as string[];
  expect(loaded).toContain(entry);
  expect(loaded.filter((url) => /node_modules\/(?:oidc-provider|zod|z-schema|auth0|esbuild)\//.test(url))).toEqual([]);
});
