import { describe, expect, it } from 'vitest';
import type { DescribedOperation } from '../../src/console/screens/resources/description.ts';
import { familyNotes } from '../../src/console/screens/resources/family-notes.ts';
import { areas } from '../../src/console/screens/resources/resource-areas.ts';
import {
  commandsOf,
  isParameter,
  operationsBeside,
  pathOf,
  placeAt,
  type ResourceNode,
  resourceTree,
  sectionsOf,
  subjectOf,
} from '../../src/console/screens/resources/resource-tree.ts';
import {
  inWords,
  nameOfOperation,
  nameOfSection,
  singular,
} from '../../src/console/screens/resources/resource-words.ts';
import { describedOperationsDocument } from '../../src/tenant/console/description-document.ts';

const operations = describedOperationsDocument() as readonly DescribedOperation[];
const root = resourceTree(operations);

/** The families, and each place for one thing of a list. */
function subjects(node: ResourceNode = root): ResourceNode[] {
  const below = [...node.literals, ...(node.parameter === undefined ? [] : [node.parameter])];
  return below.flatMap((one) => [...(node === root || isParameter(one) ? [one] : []), ...subjects(one)]);
}

/** The operations that the screen of a subject offers, with their places. */
function offered(subject: ResourceNode) {
  const sections = sectionsOf(subject).flatMap((node) => [
    ...node.operations.map((operation) => ({ node, operation })),
    ...commandsOf(node),
  ]);
  return [...sections, ...operationsBeside(subject)];
}

describe('the generated screens', () => {
  it('offer every operation of the description, each in one place', () => {
    const all = subjects().flatMap(offered);
    const keys = all.map(({ operation: { method, path } }) => `${method} ${path}`);
    expect(keys.sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
    expect(keys.length).toBeGreaterThan(450);
  });

  it('are about the thing of a list that an address leads to, whatever the parameter is called', () => {
    const place = placeAt(root, ['users', 'auth0|1', 'sessions']);
    expect(place && subjectOf(place).node.path).toBe('/users/{}');
    expect(place && pathOf(place)).toBe('users/auth0%7C1/sessions');
    expect(placeAt(root, ['flows', 'vault', 'connections', 'ac_1'])?.values).toEqual(['ac_1']);
    expect(placeAt(root, ['flows', 'af_1', 'executions'])?.values).toEqual(['af_1']);
    // A factor whose name is also a part of other paths, and a part of a path that has things of its own.
    expect(placeAt(root, ['guardian', 'factors', 'sms'])?.values).toEqual(['sms']);
    expect(placeAt(root, ['guardian', 'factors', 'sms', 'templates'])?.values).toEqual([]);
    expect(placeAt(root, ['organizations', 'name'])?.values).toEqual([]);
    expect(placeAt(root, ['nothing'])).toBeUndefined();
    expect(placeAt(root, [])).toBeUndefined();
  });

  it('call no two parts of a screen the same', () => {
    for (const subject of subjects()) {
      const names = sectionsOf(subject).map((section) => nameOfSection(section, subject));
      expect(new Set(names).size, `${subject.path}: ${names}`).toBe(names.length);
    }
  });

  it('are in one area each, with a note', () => {
    const families = root.literals.map(({ segment }) => segment).sort();
    expect(areas.flatMap((area) => area.families).sort()).toEqual(families);
    expect(Object.keys(familyNotes).sort()).toEqual(families);
  });

  it('call resources and operations by the words of the API', () => {
    expect(inWords('allowedClientIds')).toBe('Allowed client IDs');
    expect(inWords('email-templates')).toBe('E-mail templates');
    expect(['Log streams', 'APIs', 'Policies', 'Status', 'Network ACLs'].map(singular)).toEqual([
      'log stream',
      'API',
      'policy',
      'status',
      'network ACL',
    ]);
    const nameOf = (method: string, path: string) => {
      const found = subjects()
        .flatMap(offered)
        .find(({ operation }) => operation.method === method && operation.path === path);
      return found && nameOfOperation(found.operation, found.node);
    };
    expect(nameOf('POST', '/log-streams')).toBe('Create log stream');
    expect(nameOf('POST', '/organizations/{id}/members')).toBe('Add members');
    expect(nameOf('DELETE', '/organizations/{id}/members')).toBe('Remove members');
    expect(nameOf('POST', '/clients/{id}/rotate-secret')).toBe('Rotate secret');
    expect(nameOf('PATCH', '/branding')).toBe('Change branding');
    expect(nameOf('GET', '/roles')).toBe('List roles');
  });
});
