import type { ManagementClient } from 'auth0';
import type { RefusalReason } from '../../policy/decision.ts';
import type { Policy } from '../../policy/policy.ts';
import { refusalMessages } from '../../policy/refusal-messages.ts';
import { readGate } from '../read-tenant.ts';
import { deployedVersions } from '../rollback/deployed-versions.ts';

/** What the gate of a tenant has been, for reading what it left in the log. */
export interface GateHistory {
  /** Client ids of the applications that any kept version guards. */
  readonly applications: ReadonlySet<string>;
  /** Of any kept version, without query and fragment: Auth0 compares them so, and may log them so. */
  readonly landingPages: ReadonlySet<string>;
  /** Of the version that runs. */
  readonly policy: Policy | undefined;
  /** Of the application that the Action itself signs in with. */
  readonly machine: string | undefined;
}

/**
 * Reads the versions of the Action that the tenant keeps.
 *
 * @throws {Problem} `nothing_deployed`
 * @example
 * const history = await gateHistory(management);
 */
export async function gateHistory(management: ManagementClient): Promise<GateHistory> {
  const { action, machines } = await readGate(management);
  const versions = await deployedVersions(management, action);
  const policies = versions.flatMap(({ policy }) => policy ?? []);
  return {
    applications: new Set(policies.flatMap(({ applications }) => applications)),
    landingPages: new Set(policies.map(({ landingPage }) => bareAddress(landingPage))),
    policy: versions.find(({ runs }) => runs)?.policy,
    machine: machines.find(({ owned }) => owned)?.clientId,
  };
}

/** @example bareAddress('https://apex.example.com/refused?reason=x') // 'https://apex.example.com/refused' */
export function bareAddress(url: string): string {
  return url.split(/[?#]/)[0] ?? url;
}

const REASONS = new Map(Object.entries(refusalMessages).map(([reason, message]) => [message, reason as RefusalReason]));

/** @returns `undefined` for a sentence that is none of ours */
export function reasonOfMessage(message: string): RefusalReason | undefined {
  return REASONS.get(message);
}

/** @returns `undefined` where the address carries no reason that we know */
export function reasonOfAddress(url: string): RefusalReason | 'internal_error' | undefined {
  const [, reason] = /[?&]reason=([a-z_]+)/.exec(url) ?? [];
  if (reason === 'internal_error') return reason;
  return reason !== undefined && Object.hasOwn(refusalMessages, reason) ? (reason as RefusalReason) : undefined;
}
