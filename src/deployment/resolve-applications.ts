import type { Management } from 'auth0';
import { renameApplications } from '../action/rename-applications.ts';
import type { ResolvedPolicy } from '../action/resolved-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { Problem } from '../problem/problem.ts';

/**
 * Replaces the names of a policy's guarded applications with their client IDs. The Action compares only client IDs: anyone
 * who may edit an application could change its name, and the gate would be open.
 *
 * @param clients every application of the tenant
 * @param guardedNow client IDs that the deployed Action guards: one of them may have had the missing name
 * @throws {Problem} `application_not_found`, or `application_ambiguous` if two applications share the name
 * @example
 * const resolved = resolveApplications(clients, policy); // applications: ['aBc…']
 */
export function resolveApplications(
  clients: readonly Pick<Management.Client, 'client_id' | 'name'>[],
  policy: Policy,
  guardedNow: readonly string[] = [],
): ResolvedPolicy {
  const byName = new Map<string, string[]>();
  const ids = new Set<string>();
  for (const { client_id: id, name } of clients) {
    if (id === undefined) continue;
    ids.add(id);
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), id]);
  }
  const guarded = clients
    .filter(({ client_id: id, name }) => id !== undefined && guardedNow.includes(id) && !isNamed(policy, id, name))
    .map(({ client_id: id, name }) => `"${name}" (${id})`);
  const renamed = guarded.length === 0 ? '' : ` Guarded now, and perhaps renamed: ${guarded.join(', ')}.`;
  const idOf = (application: string): string => {
    if (ids.has(application)) return application;
    const [id, ...others] = byName.get(application) ?? [];
    if (id === undefined) {
      throw new Problem(
        'application_not_found',
        `The policy guards the application "${application}", but the tenant has no application with that name or client id.`,
        `Correct "applications" in the policy. The tenant has: ${[...byName.keys()].sort().join(', ')}.${renamed}`,
      );
    }
    if (others.length > 0) {
      throw new Problem(
        'application_ambiguous',
        `The tenant has ${others.length + 1} applications named "${application}".`,
        `Name it by its client id in "applications" of the policy: ${[id, ...others].join(' or ')}.`,
      );
    }
    return id;
  };
  return renameApplications(policy, idOf) as unknown as ResolvedPolicy;
}

function isNamed({ applications }: Policy, id: string, name: string | undefined): boolean {
  return applications.includes(id) || (name !== undefined && applications.includes(name));
}
