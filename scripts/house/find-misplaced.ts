// Finds misplaced files of src/: imports from a higher floor, crowded folders, file names that are used twice.
import { dirname, posix } from 'node:path';
import type { HouseLimits } from './house-limits.ts';

const specifier = /\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/**
 * Returns every finding as a sentence that names the file.
 *
 * @param files path → text, for all of src/; the text may be empty if only the places matter
 * @example
 * findMisplaced(new Map([['src/tenant/store/a.ts', "import '../console/b.ts';"]]), limits);
 * // ['src/tenant/store/a.ts imports src/tenant/console/b.ts: store is below console.']
 */
export function findMisplaced(files: ReadonlyMap<string, string>, limits: HouseLimits): string[] {
  return [
    ...findUpwardImports(files, limits.floors),
    ...findCrowdedFolders([...files.keys()], limits),
    ...findSharedNames([...files.keys()], limits.sharedNames),
  ];
}

function findUpwardImports(files: ReadonlyMap<string, string>, floors: HouseLimits['floors']): string[] {
  const findings: string[] = [];
  for (const [file, text] of files) {
    const level = floorLevel(file, floors);
    if (level === undefined) continue;
    for (const [, path = ''] of text.matchAll(specifier)) {
      const target = posix.join(dirname(file), path);
      const targetLevel = floorLevel(target, floors);
      if (targetLevel === undefined || targetLevel >= level) continue;
      findings.push(`${file} imports ${target}: ${roomName(file)} is below ${roomName(target)}.`);
    }
  }
  return findings;
}

/** 0 is the top floor: the files directly in src/tenant. */
function floorLevel(file: string, floors: HouseLimits['floors']): number | undefined {
  if (!file.startsWith('src/tenant/')) return undefined;
  const room = file.split('/')[2] ?? '';
  if (room.includes('.')) return 0;
  const index = floors.findIndex((rooms) => rooms.includes(room));
  // A room without a floor is a mistake in the list: it would escape the check.
  if (index === -1) throw new Error(`src/tenant/${room} is on no floor: add it to scripts/house/house-limits.ts.`);
  return index + 1;
}

const roomName = (file: string) => file.split('/')[2] ?? '';

function findCrowdedFolders(files: readonly string[], { maxFiles, crowdedFolders }: HouseLimits): string[] {
  const counts = new Map<string, number>();
  for (const file of files.filter((path) => path.startsWith('src/tenant/'))) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  const crowded = [...counts].flatMap(([folder, count]) => {
    const most = crowdedFolders[folder] ?? maxFiles;
    return count > most ? [`${folder} has ${count} files, ${most} are allowed: find rooms for them.`] : [];
  });
  const roomier = Object.entries(crowdedFolders).flatMap(([folder, most]) => {
    const count = counts.get(folder) ?? 0;
    return count < most ? [`${folder} has ${count} files: lower its limit of ${most} in house-limits.ts.`] : [];
  });
  return [...crowded, ...roomier];
}

function findSharedNames(files: readonly string[], sharedNames: readonly string[]): string[] {
  const places = new Map<string, string[]>();
  for (const file of files) {
    const name = posix.basename(file);
    places.set(name, [...(places.get(name) ?? []), file]);
  }
  const shared = [...places].filter(([, paths]) => paths.length > 1);
  const findings = shared
    .filter(([name]) => !sharedNames.includes(name))
    .map(([name, paths]) => `${name} names ${paths.length} files: ${paths.join(', ')}.`);
  const unique = sharedNames.filter((name) => !shared.some(([other]) => other === name));
  return [...findings, ...unique.map((name) => `${name} names one file: take it off the list in house-limits.ts.`)];
}
