import { Problem } from '../../problem/problem.ts';
import type { Members } from './seed.ts';

/** Finds the other end of a reference: an ID for a name, or a name for an ID. `undefined` if there is none. */
export type FindReference = (kind: ReferencedKind, value: string) => string | undefined;

/** Kinds that members of other resources refer to. */
export type ReferencedKind = 'actions' | 'flows' | 'flowVaultConnections' | 'userAttributeProfiles';

/** Members, at any depth, that refer to a resource. An export of the deploy CLI has names in them, and a tenant IDs. */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, ReferencedKind>>>> = {
  eventStreams: { action_id: 'actions' },
  flows: { connection_id: 'flowVaultConnections', flow_id: 'flows' },
  forms: { connection_id: 'flowVaultConnections', flow_id: 'flows' },
  selfServiceProfiles: { user_attribute_profile_id: 'userAttributeProfiles' },
  tokenExchangeProfiles: { action_id: 'actions' },
};

/** Kinds of which every reference must lead to something. In flows and forms a member of the same name may have another value. */
const STRICT: readonly string[] = ['eventStreams', 'selfServiceProfiles', 'tokenExchangeProfiles'];

/**
 * Refuses a resource that refers to what the tenant does not have, by its name or ID.
 *
 * @throws {Problem} `seed_reference_missing`
 * @example assertReferencesFound('eventStreams', stream, (kind, name) => ids.get(kind)?.has(name) ?? false);
 */
export function assertReferencesFound(
  kind: string,
  resource: Members,
  exists: (kind: ReferencedKind, value: string) => boolean,
): void {
  if (!STRICT.includes(kind)) return;
  withReferences(kind, resource, (of, value) => {
    if (exists(of, value)) return undefined;
    throw new Problem('seed_reference_missing', `${kind} "${resource.name}": there is no "${value}" in ${of}.`);
  });
}

/**
 * Returns a resource with its references replaced. What refers to nothing stays as it is.
 *
 * Source: `auth0-deploy-cli` 8.44.0, the handlers of these kinds.
 *
 * @example
 * withReferences('flows', flow, (kind, name) => ids.get(kind)?.get(name));
 */
export function withReferences(kind: string, resource: Members, find: FindReference): Members {
  const members = REFERENCES[kind];
  return members === undefined ? resource : (replaced(resource, members, find) as Members);
}

/** The kinds that a kind refers to. */
export function referencedKinds(kind: string): readonly ReferencedKind[] {
  return [...new Set(Object.values(REFERENCES[kind] ?? {}))];
}

function replaced(value: unknown, members: Readonly<Record<string, ReferencedKind>>, find: FindReference): unknown {
  if (Array.isArray(value)) return value.map((one) => replaced(one, members, find));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const kind = Object.hasOwn(members, name) ? members[name] : undefined;
      if (kind === undefined || typeof member !== 'string') return [name, replaced(member, members, find)];
      return [name, find(kind, member) ?? member];
    }),
  );
}
