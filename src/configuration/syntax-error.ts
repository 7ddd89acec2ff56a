import { readFile } from 'node:fs/promises';

/**
 * Finds the line that Node refuses, for errors without a line from Node.
 *
 * @param file path of a TypeScript or JavaScript file
 * @returns the line, counted from 1, or `undefined` if it cannot be found
 * @example await findSyntaxErrorLine('portcullis.config.ts') // 7
 */
export async function findSyntaxErrorLine(file: string): Promise<number | undefined> {
  // Imported only here, so that a correct file does not wait for it.
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
