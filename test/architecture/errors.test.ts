import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorsPage } from '../../scripts/errors-page.ts';
import { AREAS, CATALOGUE } from '../../src/problem/catalogue.ts';
import type { ProblemEntry } from '../../src/problem/problem-entry.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => ({
  file: file.replaceAll('\\', '/'),
  text: readFileSync(join(root, file), 'utf8'),
}));
const throwing = sources.filter(({ file, text }) => !file.startsWith('src/problem/') && text.includes('/problem/'));

describe('docs/errors.md', () => {
  it('matches the catalogue', () => {
    const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
    expect(page, 'docs/errors.md is stale: run npm run errors').toBe(errorsPage());
  });

  it('is linked from the README and from the list of commands', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('(docs/errors.md)');
    expect(readFileSync(join(root, 'docs/commands/README.md'), 'utf8')).toContain('(../errors.md)');
  });
});

describe('the catalogue of problems', () => {
  it('has every code in one area only', () => {
    const codes = Object.values(AREAS).flatMap((entries) => Object.keys(entries));
    expect(codes).toHaveLength(new Set(codes).size);
    expect(codes.toSorted()).toEqual(Object.keys(CATALOGUE).toSorted());
  });

  it('has codes in lower case, and ends meanings and remedies as sentences or commands', () => {
    for (const [code, { meaning, remedy }] of Object.entries<ProblemEntry>(CATALOGUE)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(meaning, code).toMatch(/^[A-Z`].*\.$/);
      expect(remedy, code).toMatch(/^[A-Z]/);
    }
  });

  it('has no code that nothing throws', () => {
    const thrown = (code: string) => throwing.some(({ text }) => text.includes(`'${code}'`));
    expect(Object.keys(CATALOGUE).filter((code) => !thrown(code))).toEqual([]);
  });

  it('is the only source of errors, except those for a protocol or a browser', () => {
    const own = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/class (\w+) extends Error\b/g)].map(([, name]) => `${file} ${name}`),
    );
    expect(own.toSorted()).toEqual([
      // The Action runs at Auth0: it writes its reason into the log, and has no catalogue.
      'src/action/management-failure.ts ManagementFailure',
      'src/console/management/management-error.ts ManagementError',
      'src/problem/problem.ts Problem',
      // Answers over HTTP, with a status.
      'src/tenant/authentication/http/incoming-request.ts UnreadableRequest',
      'src/tenant/authentication/provider/access-token-verifier.ts AccessTokenError',
      'src/tenant/management/http/api-error.ts ApiError',
    ]);
  });
});
