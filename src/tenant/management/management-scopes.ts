import { publishedOperations } from './published-operations.ts';

/** Every scope that the published description of the Management API names, in order of the alphabet. */
export const managementScopes: readonly string[] = [
  ...new Set(publishedOperations.flatMap(([, , , scopes]) => scopes.split(' '))),
].sort();
