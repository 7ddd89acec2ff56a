import type { Api, ApiContext } from './api-context.ts';
import { signSessionToken, verifySessionToken } from './session-token.ts';

const DEFAULT_LIFETIME = 15 * 60;
const DEFAULT_PARAMETER = 'session_token';

/** Grants without a browser to redirect. */
const WITHOUT_BROWSER = ['oauth2-resource-owner', 'oauth2-refresh-token', 'oauth2-password', 'oauth2-webauthn'];

interface TokenOptions {
  readonly secret: string;
  readonly payload?: object;
  readonly expiresInSeconds?: number;
}

/** `api.redirect`: suspends the login while the user is on another site. */
export function redirectApi({ collector, event }: ApiContext, api: () => Api) {
  return {
    sendUserTo(target: string, options?: { query?: Record<string, string> }): Api {
      collector.record('redirect.sendUserTo', options === undefined ? [target] : [target, options]);
      const url = new URL(target);
      for (const [name, value] of Object.entries(options?.query ?? {})) url.searchParams.set(name, value);
      collector.effects.redirect = { url: url.href };
      return api();
    },

    canRedirect(): boolean {
      if (event.request.query?.prompt === 'none') return false;
      return !WITHOUT_BROWSER.includes(event.transaction?.protocol ?? '');
    },

    encodeToken(options: TokenOptions): string {
      // The record of calls must not contain the secret; it has the other options.
      collector.record('redirect.encodeToken', [{ ...options, secret: '***' }]);
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iat: now,
        iss: event.request.hostname,
        sub: event.user.user_id,
        exp: now + (options.expiresInSeconds ?? DEFAULT_LIFETIME),
        ip: event.request.ip,
        ...options.payload,
      };
      return signSessionToken(claims, options.secret);
    },

    validateToken(options: { secret: string; tokenParameterName?: string }) {
      collector.record('redirect.validateToken', [{ ...options, secret: '***' }]);
      const name = options.tokenParameterName || DEFAULT_PARAMETER;
      const parameters = { ...event.request.query, ...event.request.body };
      const token = parameters[name];
      if (!token) {
        throw new Error(`There is no parameter called '${name}' available in either the POST body or query string.`);
      }
      return verifySessionToken(String(token), {
        secret: options.secret,
        issuer: event.request.hostname,
        subject: event.user.user_id,
        state: parameters.state,
        now: Math.floor(Date.now() / 1000),
      });
    },
  };
}
