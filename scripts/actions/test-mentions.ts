import { globSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/**
 * Finds the test that shows something. The first file, in the order of their names, in which the earliest of some patterns occurs:
 * the patterns go from the closest to the furthest.
 *
 * @returns nothing where none occurs anywhere
 * @example
 * const find = testMentions();
 * find([/describe\('api\.cache'/, /cache\.set\(/]); // 'test/actions/api.test.ts'
 */
export function testMentions(): (patterns: readonly RegExp[]) => string | undefined {
  const names = globSync('test/{actions,tenant/authentication}/*.test.ts', { cwd: ROOT }).sort();
  const files = names.map((name) => [name.replaceAll('\\', '/'), readFileSync(new URL(name, ROOT), 'utf8')] as const);
  return (patterns) => {
    for (const pattern of patterns) {
      const found = files.find(([, text]) => pattern.test(text));
      if (found !== undefined) return found[0];
    }
    return undefined;
  };
}
