import { Problem } from '../problem/problem.ts';

/** An item that the deployed Action knows by its ID, and that the policy's name for it no longer refers to. */
export type Loss =
  /** An application that is guarded now, and that the policy omits, or whose name in the policy refers to another. */
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
      return `The application "${name}" (${id}) is guarded now and would lose its gate: every user who signs in at Auth0 would get in.`;
    case 'application_gone':
      return `The application ${id} was guarded and does not exist any more.`;
    case 'role':
      return `The role "${name}" (${id}) is called "${loss.now}" now, and logins assign it.`;
    case 'role_gone':
      return `The role "${name}" (${id}) was deleted, with all its assignments. A new role with that name is a different role.`;
  }
}

/** Whether `apply` stops for the loss. Items that do not exist any more open nothing. */
export function isStopping({ kind }: Loss): boolean {
  return kind === 'application' || kind === 'role';
}

/**
 * Lets a deployment continue only if nothing is lost, except what the operator named.
 *
 * @param unguard IDs of applications and roles that may be lost; `all` for a tenant without other users
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
      ? `Name it by its client id in "applications" of the policy. To leave it open, add: ${options}`
      : `Restore its name in Auth0 (User Management > Roles). To let logins assign another role with that name, add: ${options}`,
  );
}
