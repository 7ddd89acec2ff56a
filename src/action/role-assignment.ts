//! Assigns the roles that the policy gives to the user.
import type { ActionSettings } from './action-settings.ts';
import { callManagementApi, callWithCachedToken } from './call-management-api.ts';
import type { LoginBudget } from './login-budget.ts';
import { ManagementFailure } from './management-failure.ts';
import type { TokenSource } from './management-token.ts';

/**
 * Assigns roles to a user, one request a role, after a look at the name of the first one. Assigning a role that is held
 * already changes nothing, so a request may arrive twice.
 *
 * Source: Auth0 Management API, "Assign users to a role": `POST /api/v2/roles/{id}/users`, scope `update:roles`.
 *
 * @param names of roles that are in `settings.roleIds`
 * @throws {ManagementFailure} also if the role has another name now: `role_renamed`
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
    await assertRoleName(id, name, source, budget);
    await callManagementApi(source, budget, {
      method: 'POST',
      path: `roles/${encodeURIComponent(id)}/users`,
      body: { users: [userId] },
    });
  }
}

/**
 * Makes sure that an ID still stands for the role that the policy names. Costs the request that a cached token saves: a
 * login that had to request anything before goes without, so that the check never makes a login wait for a third request.
 *
 * Source: Auth0 Management API, "Get a role": `GET /api/v2/roles/{id}`, scope `read:roles`.
 *
 * @throws {ManagementFailure} `role_renamed`, `http_404` if the role was deleted
 */
async function assertRoleName(id: string, name: string, source: TokenSource, budget: LoginBudget): Promise<void> {
  if (budget.calls > 0) return;
  const role = await callWithCachedToken(source, budget, { method: 'GET', path: `roles/${encodeURIComponent(id)}` });
  if (role !== undefined && !('name' in role && role.name === name)) throw new ManagementFailure('role_renamed');
}
