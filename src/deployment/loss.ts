import { Problem } from '../problem/problem.ts';

/** Something that the deployed Action knows by its id, and that is no longer what the policy means by its name. */
export type Loss =
  /** An application that is guarded now, and that the policy leaves out or means another by. */
  | { readonly kind: 'application'; readonly id: string; readonly name: string }
  | { readonly kind: 'application_gone'; readonly id: string; readonly name: string }
  /** A role that logins assign; `now` is its name on the tenant. */
  | { readonly kind: 'role'; readonly id: string; readonly name: string; readonly now: string }
  | { readonly kind: 'role_gone'; readonly id: string; readonly name: string };

/** @example describeLoss(loss) // 'The application "APEX" (b1Xk…) is guarded now and would lose its gate.' */
export function describeLoss(loss: Loss): string {
  const { kind, id, name } = loss;
  switch (kind) {
    case 'application':
      return `The application "${name}" (${id}) is guarded now and would lose its gate: everybody whom Auth0 signs in would get in.`;
    case 'application_gone':
      return `The application ${id} was guarded and does not exist any more.`;
    case 'role':
      return `The role "${name}" (${id}) is called "${loss.now}" now, and logins assign it.`;
    case 'role_gone':
      return `The role "${name}" (${id}) was deleted: nobody holds it any more. A role of that name is another.`;
  }
}

/** Whether `apply` stops for it: nothing opens by what is gone. */
export function isStopping({ kind }: Loss): boolean {
  return kind === 'application' || kind === 'role';
}

/**
 * Lets a deployment go on only if nothing loses what it has now, except what the operator named.
 *
 * @param unguard ids of applications and roles that may lose it; `all` for a tenant of one's own
 * @throws {Problem} `guard_lost`, `role_renamed`
 */
export function assertNothingLost(losses: readonly Loss[], unguard: readonly string[] | 'all'): void {
  if (unguard === 'all') return;
  const stopping = losses.filter((loss) => isStopping(loss) && !unguard.includes(loss.id));
  const [first] = stopping;
  if (first === undefined) return;
  const options = stopping.map(({ id }) => `--unguard ${id}`).join(' ');
  throw new Problem(
    first.kind === 'application' ? 'guard_lost' : 'role_renamed',
    stopping.map(describeLoss).join('\n'),
    first.kind === 'application'
      ? `Name it by its client id in "applications" of the policy. If it is to stand open, say so: ${options}`
      : `Give it back its name in Auth0 (User Management > Roles). If logins are to assign another role of that name, say so: ${options}`,
  );
}
