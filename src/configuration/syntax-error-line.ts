import { readFile } from 'node:fs/promises';

/**
 * Finds the line that Node refuses, for the errors where Node itself does not say it.
 *
 * @param file path of a TypeScript or JavaScript file
 * @returns the line, counted from 1, or `undefined` where it stays unknown
 * @example await findSyntaxErrorLine('portcullis.config.ts') // 7
 */
export async function findSyntaxErrorLine(file: string): Promise<number | undefined> {
  // Loaded here alone: nobody should wait for it who made no mistake.
  const { transform } = await import('esbuild');
  try {
    await transform(await readFile(file, 'utf8'), { loader: 'ts', format: 'esm', logLevel: 'silent' });
    return undefined;
  } catch (error) {
    return readLine(error);
  }
}

/** From esbuild's `TransformFailure`. */
function readLine(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return undefined;
  const line: unknown = error.errors[0]?.location?.line;
  return typeof line === 'number' ? line : undefined;
}
