import { Problem } from '../problem/problem.ts';
import type { LoopbackGeoip } from '../tenant/actions/loopback-geoip-schema.ts';
import { readInputFile } from './read-input-file.ts';

/**
 * Reads the file of `--geoip`: the location of this machine, with the names of `event.request.geoip`.
 *
 * @param from the folder that the path is relative to
 * @throws {Problem} `geoip_unreadable`, `geoip_invalid`
 * @example
 * await readGeoip('hamburg.json', terminal.folder); // { countryCode: 'DE', cityName: 'Hamburg' }
 */
export async function readGeoip(file: string, from: string): Promise<LoopbackGeoip> {
  const text = await readInputFile(file, from, 'geoip_unreadable');
  const { loopbackGeoipSchema } = await import('../tenant/actions/loopback-geoip-schema.ts');
  const parsed = loopbackGeoipSchema.safeParse(asJson(file, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw new Problem(
    'geoip_invalid',
    `${file} is not a valid geoip file${where ? `, at ${where}` : ''}: ${issue?.message ?? 'unknown'}.`,
    EXAMPLE,
  );
}

const EXAMPLE = 'It contains the members of event.request.geoip, such as {"countryCode":"DE","cityName":"Hamburg"}.';

function asJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('geoip_invalid', `${file} is not JSON: ${reason}`, EXAMPLE);
  }
}
