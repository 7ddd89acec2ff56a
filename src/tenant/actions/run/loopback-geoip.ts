import { BlockList, isIP } from 'node:net';
import type { JsonObject } from '../../store/json-value.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Returns the location of an address: the configured one for this machine's own addresses; for any other, nothing.
 *
 * @example
 * geoipOf('127.0.0.1', { countryCode: 'DE' }) // { countryCode: 'DE' }
 */
export function geoipOf(ip: string, configured: JsonObject | undefined): JsonObject {
  const version = isIP(ip);
  if (configured === undefined || version === 0) return {};
  return loopback.check(ip, version === 4 ? 'ipv4' : 'ipv6') ? { ...configured } : {};
}
