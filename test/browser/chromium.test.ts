import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedBrowser } from './shared-browser.ts';

let browser: Browser;
let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (request.url === '/set') response.setHeader('Set-Cookie', 'seen=yes; Path=/; HttpOnly');
    response.end(`<!DOCTYPE html><title>Here</title><p>${request.headers.cookie ?? 'no cookie'}</p>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await sharedBrowser();
});
afterAll(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

describe('the packed Chromium', () => {
  it('runs scripts and lays out text', async () => {
    const page = await browser.newPage();
    await page.goto('data:text/html,<p id="text">Text</p><script>document.title = [1, 2].map(String).join()</script>');
    expect(await page.title()).toBe('1,2');
    // Without a font the text has no width.
    expect(await page.evaluate('getComputedStyle(document.body).fontFamily')).not.toBe('');
    const width = await page.evaluate(
      `(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('#text'));
        return range.getBoundingClientRect().width; })()`,
    );
    expect(width).toBeGreaterThan(10);
    await page.close();
  });

  it('opens pages of this machine, with separate cookies for each context', async () => {
    const [one, other] = await Promise.all([browser.newContext(), browser.newContext()]);
    const page = await one.newPage();
    await page.goto(`${address}/set`);
    await page.goto(address);
    expect(await page.textContent('p')).toBe('seen=yes');
    const elsewhere = await other.newPage();
    await elsewhere.goto(address);
    expect(await elsewhere.textContent('p')).toBe('no cookie');
    await Promise.all([one.close(), other.close()]);
  });

  it('opens no pages of other machines', async () => {
    const page = await browser.newPage();
    await expect(page.goto('http://example.com/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
    await page.close();
  });
});
