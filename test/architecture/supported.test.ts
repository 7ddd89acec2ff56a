import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { supportedOperations } from '../../scripts/supported-operations.ts';

describe('docs/supported.md', () => {
  it('lists what the tenant registers, and only what Auth0 has published is registered', () => {
    const page = readFileSync(new URL('../../docs/supported.md', import.meta.url), 'utf8');
    expect(page, 'docs/supported.md is stale: run npm run supported').toBe(supportedOperations());
  });
});
