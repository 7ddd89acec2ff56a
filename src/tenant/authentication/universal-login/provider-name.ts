import type { ConnectionRecord } from '../../store/records/connection-repository.ts';

const KNOWN_PROVIDERS: Readonly<Record<string, string>> = {
  'google-oauth2': 'Google',
  github: 'GitHub',
  linkedin: 'LinkedIn',
  windowslive: 'Microsoft Account',
};

/**
 * The name of a connection on the pages of Universal Login.
 *
 * @example
 * providerName(connection) // 'Google'
 */
export function providerName({ display_name, strategy }: ConnectionRecord): string {
  return display_name ?? KNOWN_PROVIDERS[strategy] ?? strategy.charAt(0).toUpperCase() + strategy.slice(1);
}
