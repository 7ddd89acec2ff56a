import type { Application } from './application.ts';
import { reportSymptom } from './report-symptom.ts';

/**
 * Checks without a browser whether the provider accepts the callback, and reports it if not. The error page for a missing
 * callback stays at the provider, so the stand-in would not notice it otherwise.
 *
 * @see Auth0, "Callback URL mismatch"
 */
export async function checkCallback(app: Application): Promise<void> {
  try {
    const isAccepted = await app.provider.takesCallback(app.addresses.callback);
    if (!isAccepted) reportSymptom(app, 'missing-callback', undefined, app.addresses.callback);
  } catch {
    // The sign-in itself reports a provider that does not answer.
  }
}
