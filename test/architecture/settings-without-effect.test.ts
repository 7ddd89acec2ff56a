import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtOperations } from '../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../src/tenant/management/management-dependencies.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** The sources that act on a setting: everything of the tenant that neither validates nor shows it. */
const sources = globSync('src/tenant/**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  // Names of log categories look like those of settings.
  .filter((path) => !/^src\/tenant\/(management|console|store)\/|\/log-category\.ts$/.test(path))
  .map(read);

/** Members that the Management API itself acts on. */
const actedOn = [
  'session_lifetime_in_minutes',
  'idle_session_lifetime_in_minutes',
  'enabled_clients',
  'resource_server_identifier',
];

const bodies = [
  ['Applications', ['POST /clients', 'PATCH /clients/{id}']],
  ['APIs', ['POST /resource-servers', 'PATCH /resource-servers/{id}']],
  ['Connections', ['POST /connections', 'PATCH /connections/{id}']],
  ['The tenant', ['PATCH /tenants/settings']],
] as const;

function membersOf(operations: readonly string[]): string[] {
  const built = builtOperations({} as ManagementDependencies);
  const bodiesOf = built.filter(({ method, path }) => operations.includes(`${method} ${path}`)).map(({ body }) => body);
  expect(bodiesOf).toHaveLength(operations.length);
  const shapes = bodiesOf.map((body) => (body instanceof z.ZodObject ? Object.keys(body.shape) : []));
  return [...new Set(shapes.flat())].sort();
}

function listed(row: string): string[] {
  const [, section = ''] = read('docs/local-tenant.md').split('## Settings without effect\n');
  const line = section.split('\n').find((text) => text.startsWith(`| ${row} |`)) ?? '';
  return [...line.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name);
}

const isActedOn = (name: string) =>
  actedOn.includes(name) || sources.some((source) => new RegExp(`\\b${name}\\b`).test(source));

describe.each(bodies)('%s', (row, operations) => {
  it('have no setting without effect that the documents do not list', () => {
    const silent = membersOf(operations).filter((name) => !isActedOn(name) && !listed(row).includes(name));
    expect(silent, 'list these in docs/local-tenant.md, "Settings without effect"').toEqual([]);
  });

  it('have no setting in that list that does have an effect, or does not exist', () => {
    const members = membersOf(operations);
    const plain = listed(row).filter((name) => !name.includes('.'));
    expect(plain.length).toBeGreaterThan(0);
    expect(plain.filter((name) => isActedOn(name) || !members.includes(name))).toEqual([]);
  });
});
