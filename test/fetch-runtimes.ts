import { openRuntimes } from '../src/tenant/actions/builds/runtimes.ts';
import { runtimeCacheFolder } from '../src/tenant/store/data-folder.ts';

/**
 * Fetches the Node.js of each runtime before any test begins, once for all of them: none has to wait for it. Without a network, those
 * tests that need it say so.
 */
export async function setup(): Promise<void> {
  const runtimes = openRuntimes({ cache: runtimeCacheFolder(), node18: true });
  await Promise.allSettled([runtimes.find('node22'), runtimes.find('node18')]);
}
