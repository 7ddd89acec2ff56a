// Takes the pictures of docs/pictures from a running gate: `node scripts/pictures.ts`.
import { fileURLToPath } from 'node:url';
import { startLocalGate } from '../src/cli/dev/local-gate.ts';
import { loadConfiguration } from '../src/configuration/load-configuration.ts';
import { launchChromium } from '../test/browser/chromium.ts';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const { policy } = await loadConfiguration({
  path: fileURLToPath(new URL('../portcullis.config.ts', import.meta.url)),
});
const gate = await startLocalGate({ policy, tenantPort: 4000, loopbackPort: 4001, standInPort: 4040 });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 } });
  await page.goto(gate.standIn.homeUrl);
  await page.screenshot({ path: `${folder}login.png` });
  for (const [name, picture] of [
    ['Vera', 'refused'],
    ['Una', 'admitted'],
  ]) {
    const person = gate.cast.find((one) => one.name === name);
    await page.goto(gate.standIn.homeUrl);
    await page.fill('input[name=username]', person?.email ?? '');
    await page.fill('input[name=password]', person?.password ?? '');
    await page.click('button[name=action][value=default]');
    await page.waitForURL(/\/ords\//);
    await page.screenshot({ path: `${folder}${picture}.png` });
  }
} finally {
  await browser.close();
  await gate.close();
}
