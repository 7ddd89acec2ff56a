import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import type { JsonObject } from '../../store/json-value.ts';

/** What `event.request.geoip` may have. Source: Auth0's documentation, "Actions Triggers: post-login - Event Object". */
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
 * Where an address is: of this machine's own, what the tenant was told; of any other, nothing is known.
 *
 * @example
 * geoipOf('127.0.0.1', { countryCode: 'DE' }) // { countryCode: 'DE' }
 */
export function geoipOf(ip: string, told: JsonObject | undefined): JsonObject {
  const version = isIP(ip);
  if (told === undefined || version === 0) return {};
  return loopback.check(ip, version === 4 ? 'ipv4' : 'ipv6') ? { ...told } : {};
}
