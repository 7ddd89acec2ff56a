import { z } from 'zod';

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
