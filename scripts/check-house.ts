// Checks that every file of src/ is in the place that ARCHITECTURE.md names. A part of `npm run lint`; alone: `npm run lint:house`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findMisplaced } from './house/find-misplaced.ts';
import { houseLimits } from './house/house-limits.ts';
import { sourceFiles } from './house/source-files.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const files = new Map(sourceFiles(root).map((file) => [file, readFileSync(`${root}${file}`, 'utf8')]));
const findings = findMisplaced(files, houseLimits);
for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(`${findings.length} findings: ARCHITECTURE.md, "The floors of the tenant", says where a file belongs.`);
  process.exitCode = 1;
} else console.log(`${files.size} files checked: each is in its place.`);
