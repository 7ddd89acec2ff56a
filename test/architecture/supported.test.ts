import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { supportedOperations } from '../../scripts/supported-operations.ts';

describe('docs/supported.md', () => {
  it('says what the tenant registers, and nothing is registered that Auth0 has not published', () => {
    const page = readFileSync(new URL('../../docs/supported.md', import.meta.url), 'utf8');
    expect(page, 'docs/supported.md is stale: run npm run supported').toBe(supportedOperations());
  });
});
