import { publishedOperations } from './published-operations.ts';

/**
 * Scopes that no operation of the published description names, although the documentation has them.
 *
 * @see Auth0 docs: "Migrate to Management API Connection Options Scopes"
 */
const documentedElsewhere = ['read:connections_options', 'update:connections_options'];

/** Every scope of the Management API, in alphabetical order. */
export const managementScopes: readonly string[] = [
  ...new Set([...publishedOperations.flatMap(([, , , scopes]) => scopes.split(' ')), ...documentedElsewhere]),
].sort();
