import type { ManagementClient } from 'auth0';

/** The path of every temporary callback URL, so that one that was left behind can be recognised. */
export const CALLBACK_PATH = '/portcullis-sign-in';

/**
 * Adds a callback URL on this machine to an application while some work runs. A URL that an earlier, killed run has left is
 * removed with it. The application's other callback URLs stay as they are.
 *
 * @throws whatever the work throws, and {@link ManagementError} of the `auth0` package
 * @example
 * await withCallback(management, 'b1Xk…', 'http://localhost:53211/portcullis-sign-in', async () => { … });
 */
export async function withCallback<T>(
  management: ManagementClient,
  clientId: string,
  callback: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = await callbacksOf(management, clientId);
  await management.clients.update(clientId, { callbacks: [...before.filter((url) => !isOurs(url)), callback] });
  try {
    return await work();
  } finally {
    // Read again, since another URL may have been added meanwhile.
    const now = await callbacksOf(management, clientId);
    await management.clients.update(clientId, { callbacks: now.filter((url) => !isOurs(url)) });
  }
}

async function callbacksOf(management: ManagementClient, clientId: string): Promise<readonly string[]> {
  const { callbacks } = await management.clients.get(clientId, { fields: 'callbacks', include_fields: true });
  return callbacks ?? [];
}

function isOurs(url: string): boolean {
  const { hostname, pathname } = URL.parse(url) ?? {};
  return hostname === 'localhost' && pathname === CALLBACK_PATH;
}
