import { globSync } from 'node:fs';

/**
 * Returns the paths of the TypeScript files of src/, in order.
 *
 * @param root the project's folder, with a slash at its end
 * @example
 * sourceFiles('/home/me/portcullis/'); // ['src/action/action-api.ts', …]
 */
export function sourceFiles(root: string): string[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root }).toSorted();
}
