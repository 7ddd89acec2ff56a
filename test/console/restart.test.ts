import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { loadConsoleSite } from '../../src/cli/console/load-console-site.ts';
import { startLocalTenant } from '../local-tenant.ts';
import { until } from '../until.ts';
import { consoleOf, openConsole, signIn, tokenInTab } from './console-in-browser.ts';

describe('the console of a tenant that stops and starts again', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-console-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Answers as a tenant that is still starting, until it has done so for some requests. */
  async function answerAsStarting(port: number, requests: number): Promise<void> {
    let answered = 0;
    const starting = createServer((_request, response) => {
      response.writeHead(503, { 'retry-after': '1' }).end(() => {
        answered += 1;
      });
    });
    await new Promise<void>((resolve) => starting.listen(port, '127.0.0.1', resolve));
    await until(() => answered >= requests);
    starting.closeAllConnections();
    await new Promise((resolve) => starting.close(resolve));
  }

  it('asks for a sign-in if another tenant starts at the same address', async () => {
    const first = await openConsole();
    const { page, tenant } = first;
    const ports = { port: Number(new URL(tenant.url).port), loopbackPort: Number(new URL(tenant.loopbackUrl).port) };
    await tenant.close();
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('status').getByText('The tenant does not answer').waitFor();
    await answerAsStarting(ports.loopbackPort, 2);
    await page.getByRole('status').getByText('The tenant does not answer').waitFor();
    // The page of the first tenant must not offer the sign-in before it is replaced: its client id no longer exists.
    const offers: string[] = [];
    page.on('console', (message) => message.text() === 'sign-in offered' && offers.push(message.text()));
    await page.evaluate(`new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('button')) {
        if (textContent === 'Sign in') console.info('sign-in offered');
      }
    }).observe(document, { subtree: true, childList: true })`);
    // Other tenants have other signing keys. An empty list makes the tenant generate its own.
    const keys = { ...inject('tenantKeys'), signingKeys: [] };
    const second = await startLocalTenant({ console: { site: loadConsoleSite }, keys, ...ports });
    try {
      await page.getByRole('button', { name: 'Sign in' }).click();
      expect(offers).toEqual([]);
      await page.waitForURL((address) => address.pathname === '/u/login');
      await page.fill('input[name=password]', consoleOf(second.tenant).password);
      await page.click('button[name=action][value=default]');
      // The sign-in returns to the same screen.
      await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    } finally {
      await page.context().close();
      await second.tenant.close();
    }
  });

  it('opens a screen later if its code could not be read', async () => {
    const { page, close } = await openConsole();
    try {
      const code = /\/screen-registry-[^/]*\.js$/;
      await page.route(code, (route) => route.abort());
      await page.reload();
      await page.getByRole('link', { name: 'Roles' }).click();
      await page.getByRole('status').getByText('The tenant does not answer').waitFor();
      await page.unroute(code);
      await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    } finally {
      await close();
    }
  });

  it('reports the outage, continues when the tenant is back, and keeps its password', async () => {
    const first = await openConsole({ dataFolder: folder });
    const { page, tenant } = first;
    const before = consoleOf(tenant);
    await tenant.close();
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('status').getByText('The tenant does not answer').waitFor();

    const ports = { port: Number(new URL(tenant.url).port), loopbackPort: Number(new URL(tenant.loopbackUrl).port) };
    const second = await startLocalTenant({ console: { site: loadConsoleSite }, dataFolder: folder, ...ports });
    try {
      // The token is still valid because the keys are the same.
      await page.getByText('There are no roles yet.').waitFor();
      expect(consoleOf(second.tenant).password).toBe(before.password);
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
      // The console's token is refused by a tenant without a console.
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
