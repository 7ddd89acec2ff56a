import { Problem } from '../problem/problem.ts';

/**
 * Refuses a tenant that is not on this machine.
 *
 * @param domain host and port
 * @param reason why the command is for local tenants only
 * @throws {Problem} `not_local`
 * @example assertLocalTenant('localhost:4000', 'An Action is not pushed elsewhere.');
 */
export function assertLocalTenant(domain: string, reason: string): void {
  const { hostname } = new URL(`https://${domain}`);
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]') return;
  if (/^127\.\d+\.\d+\.\d+$/.test(hostname)) return;
  throw new Problem('not_local', `AUTH0_DOMAIN names ${domain}, which is not a tenant on this machine. ${reason}`);
}
