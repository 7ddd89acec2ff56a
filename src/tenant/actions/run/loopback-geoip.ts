import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import type { JsonObject } from '../../store/json-value.ts';

/** The members of `event.request.geoip`. Source: Auth0's documentation, "Actions Triggers: post-login - Event Object". */
export const loopbackGeoipSchema = z.strictObject({
  cityName: z.string().optional(),
  continentCode: z.string().optional(),
  countryCode: z.string().optional(),
  countryCode3: z.string().optional(),
  countryName: z.string().optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  subdivisionCode: z.string().optional(),
  subdivisionName: z.string().optional(),
  timeZone: z.string().optional(),
});

export type LoopbackGeoip = z.output<typeof loopbackGeoipSchema>;

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
