import type { Application } from './application.ts';
import { reportSymptom } from './symptom.ts';

/**
 * Asks the provider, without a browser, whether it takes the callback, and says so where it does not. The error page of a callback
 * that is missing stays at the provider, so that nothing else here would ever see it.
 *
 * @see Auth0, "Callback URL mismatch"
 */
export async function checkCallback(app: Application): Promise<void> {
  try {
    const taken = await app.provider.takesCallback(app.addresses.callback);
    if (!taken) reportSymptom(app, 'missing-callback', undefined, app.addresses.callback);
  } catch {
    // A provider that cannot be asked is told of by the sign-in itself.
  }
}
