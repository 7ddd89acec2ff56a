import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleSite } from '../../src/cli/console/console-site.ts';
import { launchChromium } from '../browser/chromium.ts';
import { startLocalTenant } from '../local-tenant.ts';
import { consoleOf, openConsole, signIn } from './console-in-browser.ts';

describe('a tenant that is stopped and started while its console is open', { timeout: 120_000 }, () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), 'portcullis-console-'));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says so, and asks for a new sign-in when it is back, with the password of the new start', async () => {
    const first = await openConsole(browser, { dataFolder: folder });
    const { page, tenant } = first;
    const before = consoleOf(tenant);
    await tenant.close();
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('status').getByText('The tenant does not answer').waitFor();

    const ports = { port: Number(new URL(tenant.url).port), loopbackPort: Number(new URL(tenant.loopbackUrl).port) };
    const second = await startLocalTenant({ console: { site: consoleSite }, dataFolder: folder, ...ports });
    try {
      // The token is good still: the keys are the same, but the administrator is another.
      await page.getByText('There is no role yet.').waitFor();
      const after = consoleOf(second.tenant);
      expect(after.password).not.toBe(before.password);
      await page.evaluate('sessionStorage.clear()');
      await page.context().clearCookies();
      await signIn(page, second.tenant);
      await second.tenant.close();

      const without = await startLocalTenant({ dataFolder: folder, ...ports });
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
