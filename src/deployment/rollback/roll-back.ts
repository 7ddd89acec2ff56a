import type { ManagementClient } from 'auth0';
import { assignableRoles } from '../../action/assignable-roles.ts';
import { readSecretDigests, secretDigest } from '../../action/fingerprint.ts';
import type { ResolvedPolicy } from '../../action/resolved-policy.ts';
import { Problem } from '../../problem/problem.ts';
import { acquireLock, SETTLE } from '../apply/deployment-lock.ts';
import { GATE_SECRET } from '../desired-state.ts';
import { listRoles } from '../list-roles.ts';
import { assertNothingLost } from '../loss.ts';
import type { PlannedField } from '../plan/planned-change.ts';
import { policyDifferences } from '../plan/policy-differences.ts';
import { applicationsLost } from '../read-losses.ts';
import { listClients, readGate } from '../read-tenant.ts';
import type { MachineApplication } from '../tenant-snapshot.ts';
import { type DeployedVersion, deployedVersions } from './deployed-versions.ts';

/** The effect of a rollback. */
export interface RollbackPlan {
  readonly actionId: string;
  readonly from: DeployedVersion;
  readonly to: DeployedVersion;
  /** The differences of its policy from the current one. */
  readonly differences: readonly PlannedField[];
}

/**
 * Chooses the version to deploy again: the one with the given number, or the latest one whose code differs from the running
 * one. Nothing is written.
 *
 * @throws {Problem} `nothing_deployed`, `version_unknown`, or `version_unusable` for a version that would refuse every user
 *   or that cannot be read
 * @param unguard client IDs of applications that may lose their gate
 * @throws {Problem} `guard_lost`
 * @example
 * const plan = await planRollback(management, undefined);
 */
export async function planRollback(
  management: ManagementClient,
  number: number | undefined,
  unguard: readonly string[] = [],
): Promise<RollbackPlan> {
  const { action, machines } = await readGate(management);
  const versions = await deployedVersions(management, action);
  const from = versions.find(({ runs }) => runs) ?? versions[0];
  const to =
    number === undefined
      ? versions.find((one) => from !== undefined && one.number < from.number && one.code !== from.code)
      : versions.find((one) => one.number === number);
  if (action === undefined || from === undefined || to === undefined) throw unknownVersion(number, versions);
  await refuseUnusable(management, to, machines);
  if (from.policy !== undefined && to.policy !== undefined) {
    const facts = { clients: await listClients(management), policy: to.policy };
    assertNothingLost(applicationsLost(facts, from.policy.applications), unguard);
  }
  return {
    actionId: action.id,
    from,
    to,
    differences: from.policy === undefined || to.policy === undefined ? [] : policyDifferences(from.policy, to.policy),
  };
}

/**
 * Deploys an earlier version again. The tenant creates a new version from it. The running version changes in one step.
 *
 * Source: Auth0 docs, "Manage Versions" of Actions; the Management API's "Roll back to a previous action version".
 *
 * @returns the number of the running version
 * @throws {Problem} `tenant_changed`, `apply_in_progress`, `check_failed`
 */
export async function rollBack(
  management: ManagementClient,
  { actionId, from, to }: RollbackPlan,
  { takeOver, settle = SETTLE }: { readonly takeOver: boolean; readonly settle?: number },
): Promise<number | undefined> {
  const own = (await readGate(management)).machines.find(({ owned }) => owned);
  if (own === undefined) throw changed();
  const { lock, snapshot } = await acquireLock(management, {
    clientId: own.clientId,
    before: own.lock,
    takeOver,
    settle,
    reread: () => readGate(management),
  });
  try {
    if (snapshot.action?.deployedCode !== from.code) throw changed();
    await management.actions.versions.deploy(actionId, to.id, { update_draft: true });
    const { deployed_version: runs } = await management.actions.get(actionId);
    if (runs?.code !== to.code) {
      throw new Problem(
        'check_failed',
        'The version that runs in logins is not the requested one.',
        'List the versions: portcullis rollback --list',
      );
    }
    return runs.number;
  } finally {
    await lock.release();
  }
}

/** Refuses a version whose gate would refuse every user, or whose decisions are not known. */
async function refuseUnusable(
  management: ManagementClient,
  { number, policy, intact, code }: DeployedVersion,
  machines: readonly MachineApplication[],
): Promise<void> {
  if (policy === undefined || !intact) {
    throw unusable(number, 'It was changed since Portcullis generated it, so its decisions are not known.');
  }
  const own = machines.find(({ owned }) => owned);
  const stated = readSecretDigests(code)[GATE_SECRET];
  if (own === undefined || !code.includes(`'${own.clientId}'`)) {
    throw unusable(number, 'It uses an application that no longer exists, and would assign no role.');
  }
  if (own.clientSecret !== undefined && stated !== secretDigest(GATE_SECRET, own.clientSecret)) {
    throw unusable(number, 'It has a secret that has been rotated since, and would assign no role.');
  }
  const lacking = await rolesLacking(management, policy, code);
  if (lacking.length > 0) {
    throw unusable(number, `It assigns roles that no longer exist: ${lacking.map((one) => `"${one}"`).join(', ')}.`);
  }
}

/** The code contains role IDs: a role that was deleted and created again has a new ID. */
async function rolesLacking(management: ManagementClient, policy: ResolvedPolicy, code: string): Promise<string[]> {
  const present = new Set<string>();
  for await (const { id, name } of listRoles(management, assignableRoles(policy))) {
    if (id !== undefined && name !== undefined && code.includes(`'${id}'`)) present.add(name);
  }
  return assignableRoles(policy).filter((name) => !present.has(name));
}

function unusable(number: number, why: string): Problem {
  return new Problem('version_unusable', `Version ${number} cannot run again. ${why}`);
}

function unknownVersion(number: number | undefined, versions: readonly DeployedVersion[]): Problem {
  const numbers = versions.map((one) => one.number).join(', ');
  return number === undefined
    ? new Problem(
        'version_unknown',
        'No version before the one that runs has other code.',
        `The tenant has kept: ${numbers}.`,
      )
    : new Problem('version_unknown', `There is no version ${number}.`, `The tenant has kept: ${numbers}.`);
}

function changed(): Problem {
  return new Problem(
    'tenant_changed',
    'The tenant has changed since it was read. Nothing has been done.',
    'List the versions again: portcullis rollback --list',
  );
}
