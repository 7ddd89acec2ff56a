import { openRuntimes } from '../src/tenant/actions/builds/runtimes.ts';
import { runtimeCacheFolder } from '../src/tenant/store/data-folder.ts';

/**
 * Fetches the Node.js of each runtime once before any test begins, so that no test has to wait for it. Without a network, the
 * tests that need it report that.
 */
export async function setup(): Promise<void> {
  const runtimes = openRuntimes({ cache: runtimeCacheFolder(), node18: true });
  await Promise.allSettled([runtimes.find('node22'), runtimes.find('node18')]);
}
