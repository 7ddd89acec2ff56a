import { readDocument } from '../../management/tenant-requests.ts';
import type { DescribedBody, DescribedOperation } from './description.ts';
import { type ResourceNode, resourceTree } from './resource-tree.ts';

let tree: Promise<ResourceNode> | undefined;
const bodies = new Map<string, Promise<DescribedBody>>();

/**
 * The resources of the Management API. The first call reads the description.
 *
 * @throws {ManagementError} if the tenant does not answer; the next call tries again
 * @example
 * const root = await loadResources();
 */
export function loadResources(): Promise<ResourceNode> {
  tree ??= readDocument<readonly DescribedOperation[]>('operations').then(resourceTree, (error: unknown) => {
    tree = undefined;
    throw error;
  });
  return tree;
}

/**
 * The schema of an operation's body.
 *
 * @throws {ManagementError} if the tenant does not answer; the next call tries again
 * @example
 * const { schema } = await loadBody(operation);
 */
export function loadBody({ method, path }: DescribedOperation): Promise<DescribedBody> {
  const key = `${method} ${path}`;
  const known = bodies.get(key);
  if (known !== undefined) return known;
  const body = readDocument<DescribedBody>('body', { method, path }).catch((error: unknown) => {
    bodies.delete(key);
    throw error;
  });
  bodies.set(key, body);
  return body;
}
