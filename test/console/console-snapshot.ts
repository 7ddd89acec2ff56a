import { consoleOf, type OpenConsole, WIDE } from './console-in-browser.ts';
import { loadWithStorage } from './open-session.ts';

/** The state of a console and of its tenant, to return to. */
export interface ConsoleSnapshot {
  /** Brings back the tenant's data, the cookies, and the tab with its storage, size, listeners and routes. */
  restore(): Promise<void>;
}

/** The events that tests listen to. */
const LISTENED = ['dialog', 'popup', 'request', 'requestfailed', 'requestfinished', 'response'];

/**
 * Copies the state of a console. What a process remembers outside its data is not part of it, such as the policy of a gate.
 *
 * @example
 * const snapshot = await takeSnapshot(console);
 * await console.management.roles.create({ name: 'Reader' });
 * await snapshot.restore();
 */
export async function takeSnapshot(opened: OpenConsole): Promise<ConsoleSnapshot> {
  const { page, context, tenant, browserErrors } = opened;
  const data = await tenant.snapshot();
  const cookies = await context.cookies();
  const stored = JSON.parse(String(await page.evaluate('JSON.stringify(sessionStorage)'))) as Record<string, string>;
  return {
    async restore() {
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      // Without a listener, Playwright accepts the question of a page with unsaved work.
      for (const event of LISTENED) page.removeAllListeners(event);
      await Promise.all(context.pages().map((other) => (other === page ? undefined : other.close())));
      // The former page has to end first: it must not read the restored data, or write to it.
      await loadWithStorage(page, `${consoleOf(tenant).url}/start`, stored);
      await tenant.restore(data);
      await context.clearCookies();
      await context.addCookies(cookies);
      await page.setViewportSize(WIDE);
      await page.emulateMedia({ colorScheme: null, reducedMotion: null });
      await page.getByRole('navigation', { name: 'Screens' }).waitFor({ state: 'attached' });
      browserErrors.splice(0);
    },
  };
}
