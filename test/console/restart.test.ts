import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConsoleSite } from '../../src/cli/console/load-console-site.ts';
import { startLocalTenant } from '../local-tenant.ts';
import { consoleOf, openConsole, signIn, tokenInTab } from './console-in-browser.ts';

describe('a tenant that is stopped and started while its console is open', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-console-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('begins anew with another tenant at the same address, which keeps nothing of the one before', async () => {
    const first = await openConsole();
    const { page, tenant } = first;
    const ports = { port: Number(new URL(tenant.url).port), loopbackPort: Number(new URL(tenant.loopbackUrl).port) };
    await tenant.close();
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('status').getByText('The tenant does not answer').waitFor();
    const second = await startLocalTenant({ console: { site: loadConsoleSite }, ...ports });
    try {
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((address) => address.pathname === '/u/login');
      await page.fill('input[name=password]', consoleOf(second.tenant).password);
      await page.click('button[name=action][value=default]');
      // Back where it was left.
      await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    } finally {
      await page.context().close();
      await second.tenant.close();
    }
  });

  it('says so, and asks for a new sign-in when it is back, with the password of the new start', async () => {
    const first = await openConsole({ dataFolder: folder });
    const { page, tenant } = first;
    const before = consoleOf(tenant);
    await tenant.close();
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('status').getByText('The tenant does not answer').waitFor();

    const ports = { port: Number(new URL(tenant.url).port), loopbackPort: Number(new URL(tenant.loopbackUrl).port) };
    const second = await startLocalTenant({ console: { site: loadConsoleSite }, dataFolder: folder, ...ports });
    try {
      // The token is good still: the keys are the same, but the administrator is another.
      await page.getByText('There are no roles yet.').waitFor();
      const after = consoleOf(second.tenant);
      expect(after.password).not.toBe(before.password);
      await page.evaluate('sessionStorage.clear()');
      await page.context().clearCookies();
      await signIn(page, second.tenant);
      const token = await tokenInTab(page);
      const users = async () =>
        (await fetch(`${second.tenant.loopbackUrl}api/v2/users`, { headers: { authorization: `Bearer ${token}` } }))
          .status;
      expect(await users()).toBe(200);
      await second.tenant.close();

      const without = await startLocalTenant({ dataFolder: folder, ...ports });
      // What the console was given opens nothing on a tenant that has none.
      expect(await users()).toBe(403);
      expect((await without.management.users.list()).data).toEqual([]);
      expect((await without.management.clients.list({ is_global: false })).data).toHaveLength(1);
      expect((await without.management.connections.list({ name: 'portcullis-console' })).data).toEqual([]);
      await without.tenant.close();
    } finally {
      await page.context().close();
      await second.tenant.close();
    }
  });
});
