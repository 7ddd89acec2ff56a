import type { ManagementClient } from 'auth0';
import { landingPagesOf } from '../../action/refuse-login.ts';
import type { RefusalReason } from '../../policy/decision.ts';
import type { Policy } from '../../policy/policy.ts';
import { refusalMessages } from '../../policy/refusal-messages.ts';
import { readGate } from '../read-tenant.ts';
import { deployedVersions } from '../rollback/deployed-versions.ts';

/** The present and past gate of a tenant, for reading its traces in the log. */
export interface GateHistory {
  /** Client IDs of the applications that any stored version guards. */
  readonly applications: ReadonlySet<string>;
  /** Landing pages of all stored versions, without query and fragment: Auth0 compares and logs them like this. */
  readonly landingPages: ReadonlySet<string>;
  /** Sentences of the rules of all stored versions, which a refusal without a browser ends with. */
  readonly ruleSentences: ReadonlySet<string>;
  /** The policy of the running version. */
  readonly policy: Policy | undefined;
  /** Client ID of the application that the Action itself uses. */
  readonly machine: string | undefined;
}

/**
 * Reads the versions of the Action that the tenant stores.
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
    landingPages: new Set(policies.flatMap(landingPagesOf).map(bareAddress)),
    ruleSentences: new Set(policies.flatMap(({ refuse = [] }) => refuse.flatMap(({ because }) => because ?? []))),
    policy: versions.find(({ runs }) => runs)?.policy,
    machine: machines.find(({ owned }) => owned)?.clientId,
  };
}

/** @example bareAddress('https://apex.example.com/refused?reason=x') // 'https://apex.example.com/refused' */
export function bareAddress(url: string): string {
  return url.split(/[?#]/)[0] ?? url;
}

const REASONS = new Map(Object.entries(refusalMessages).map(([reason, message]) => [message, reason as RefusalReason]));

/** @returns `undefined` for a message that is not ours */
export function reasonOfMessage(
  message: string,
  { ruleSentences }: Pick<GateHistory, 'ruleSentences'>,
): RefusalReason | undefined {
  return REASONS.get(message) ?? (ruleSentences.has(message) ? 'refuse_rule' : undefined);
}

/** @returns `undefined` if the address has no known reason */
export function reasonOfAddress(url: string): RefusalReason | 'internal_error' | undefined {
  const [, reason] = /[?&]reason=([a-z_]+)/.exec(url) ?? [];
  if (reason === 'internal_error') return reason;
  return reason !== undefined && Object.hasOwn(refusalMessages, reason) ? (reason as RefusalReason) : undefined;
}
