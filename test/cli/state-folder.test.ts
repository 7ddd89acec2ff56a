import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPeopleFolder } from '../../src/deployment/people/people-folder.ts';
import { openDataFolder } from '../../src/tenant/store/data-folder.ts';

describe('the folder .portcullis', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'state-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const plan = () => openPeopleFolder(folder, 'tenant and roles', { fresh: false });
  const tenant = () => openDataFolder(folder).release();

  it.each([
    ['a plan, then a tenant', () => plan().remove(), tenant],
    ['a plan that was interrupted, then a tenant', () => plan(), tenant],
    ['a tenant, then a plan', tenant, () => plan().remove()],
  ])('serves %s', (_, first, second) => {
    first();
    second();
    expect(plan().holderPages).toEqual([]);
    tenant();
  });

  it('is refused by the tenant if it contains other files as well', () => {
    plan();
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    expect(tenant).toThrowError(expect.objectContaining({ code: 'data_folder_foreign' }));
  });
});
