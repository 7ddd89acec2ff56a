//! Assigns the roles that the policy gives to the user.
import type { ActionSettings } from './action-settings.ts';
import { callManagementApi } from './call-management-api.ts';
import type { LoginBudget } from './login-budget.ts';
import { ManagementFailure } from './management-failure.ts';
import type { TokenSource } from './management-token.ts';

/**
 * Assigns roles to a user, one request a role. Assigning a role that is held already changes nothing, so a request
 * may arrive twice.
 *
 * Source: Auth0 Management API, "Assign users to a role": `POST /api/v2/roles/{id}/users`, scope `update:roles`.
 *
 * @param names of roles that are in `settings.roleIds`
 * @throws {ManagementFailure}
 */
export async function assignRoles(
  names: readonly string[],
  userId: string,
  settings: ActionSettings,
  source: TokenSource,
  budget: LoginBudget,
): Promise<void> {
  if (userId === '') throw new ManagementFailure('no_user_id');
  for (const name of names) {
    const id = Object.hasOwn(settings.roleIds, name) ? settings.roleIds[name] : undefined;
    if (!id) throw new ManagementFailure('no_role_id');
    await callManagementApi(source, budget, {
      method: 'POST',
      path: `roles/${encodeURIComponent(id)}/users`,
      body: { users: [userId] },
    });
  }
}
