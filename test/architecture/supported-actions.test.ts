import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replaceTables } from '../../scripts/actions/actions-page.ts';

describe('docs/actions.md', () => {
  const page = readFileSync(new URL('../../docs/actions.md', import.meta.url), 'utf8');

  it('describes what the code does with every field of the event and every method of api', () => {
    expect(page, 'docs/actions.md is stale: run npm run supported:actions').toBe(replaceTables(page));
  });

  it('names only tests that exist', () => {
    const named = [...page.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(50);
    for (const path of new Set(named)) {
      expect(() => readFileSync(new URL(`../../${path}`, import.meta.url)), path).not.toThrow();
    }
  });
});
