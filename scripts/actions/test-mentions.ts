import { globSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/**
 * Finds the test that covers something: the first file, sorted by name, that contains the first matching pattern.
 * List the most specific pattern first.
 *
 * @returns `undefined` if no test contains any of them
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
