import { createHash } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Writes the program that runs inside every sandbox as one file into `folder` and returns its path. One file starts in
 * some 20 ms, a dozen modules in 50, and the sandbox cannot read any other file of Portcullis.
 *
 * @throws Error if the folder cannot be written
 */
export async function bundleHarness(folder: string): Promise<string> {
  bundling ??= bundled();
  const content = await bundling;
  const name = `harness-${createHash('sha256').update(content).digest('hex').slice(0, 16)}.cjs`;
  const path = join(folder, name);
  await mkdir(folder, { recursive: true });
  if (await exists(path)) return path;
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, content);
  await rename(draft, path);
  return path;
}

/** The bundle, shared by all tenants of this process. */
let bundling: Promise<Uint8Array> | undefined;

/**
 * The first statement in a sandbox lets Node.js use its own compiled code. V8 refuses that code while a flag differs from those it was
 * compiled with, and `--max-old-space-size` is such a flag. The heap keeps the limit that it had at the start of the process.
 */
const USE_CODE_CACHE = `require('node:v8').setFlagsFromString('--max-old-space-size=0');`;

async function bundled(): Promise<Uint8Array> {
  // The extension is .ts in the source and .js in the compiled package.
  const entry = fileURLToPath(new URL(`./harness/harness-entry${extname(import.meta.url)}`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The oldest runtime that an Action can name.
    target: 'node18',
    // Strict, so that no function of the harness can be reached through the call stack.
    banner: { js: `'use strict';${USE_CODE_CACHE}` },
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
