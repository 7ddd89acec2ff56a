import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsoleSite } from '../../tenant/console/console-site.ts';

const index = 'site.json';

/** Writes a built console into a folder, for the package. */
export function writeSite(folder: string, site: ConsoleSite): void {
  mkdirSync(folder, { recursive: true });
  const { script, stylesheet, inlineScript, inlineStyle, preloaded } = site;
  const contentTypes = Object.fromEntries([...site.files].map(([name, { contentType }]) => [name, contentType]));
  writeFileSync(
    join(folder, index),
    JSON.stringify({ script, stylesheet, inlineScript, inlineStyle, preloaded, contentTypes }),
  );
  for (const [name, { body }] of site.files) writeFileSync(join(folder, name), body);
}

/** Reads what `writeSite` has written. */
export function readSite(folder: string): ConsoleSite {
  const { contentTypes, ...kept } = JSON.parse(readFileSync(join(folder, index), 'utf8')) as Omit<
    ConsoleSite,
    'files'
  > & {
    readonly contentTypes: Readonly<Record<string, string>>;
  };
  const names = readdirSync(folder).filter((name) => name !== index);
  return {
    ...kept,
    files: new Map(
      names.map((name) => [
        name,
        { contentType: contentTypes[name] ?? 'text/plain', body: readFileSync(join(folder, name)) },
      ]),
    ),
  };
}
