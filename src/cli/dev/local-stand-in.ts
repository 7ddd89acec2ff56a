import { isDeepStrictEqual } from 'node:util';
import { renameApplications } from '../../action/rename-applications.ts';
import { type DecisionTable, decisionTable } from '../../apex/generator/decision-table.ts';
import type { RealPages } from '../../apex/stand-in/local-address.ts';
import type { StandInOptions } from '../../apex/stand-in/options.ts';
import type { SchemeAttributes } from '../../apex/stand-in/scheme-attributes.ts';
import { type StandIn, startStandIn } from '../../apex/stand-in/stand-in.ts';
import type { StandInEvent } from '../../apex/stand-in/stand-in-event.ts';
import { usernameAttribute } from '../../apex/username-attribute.ts';
import type { Policy } from '../../policy/policy.ts';
import type { GuardedApplication } from './seed-gate.ts';

/** The ID of the stand-in's application, as in its classic addresses. */
export const STAND_IN_APPLICATION_ID = 100;

/** The party that decides about a sign-in. */
export type Decider = 'action' | 'apex' | 'both';

export interface LocalStandInOptions {
  /** 0 for any free port; it stays the same from then on. */
  readonly port: number;
  readonly issuer: string;
  /** The party that decides: the Action, the application's own procedure, or both. */
  readonly decide: Decider;
  /** Whether to ask the provider if it accepts the callback. */
  readonly checksCallback?: boolean;
  /** Settings from an exported scheme; the gate's own unless given. */
  readonly attributes?: Partial<SchemeAttributes>;
  /** The real pages that the exported scheme names. */
  readonly realPages?: RealPages;
  readonly onEvent?: (event: StandInEvent) => void;
}

/** The stand-in of a local gate. */
export interface LocalStandIn {
  /** The stand-in that runs now. Its addresses never change. */
  readonly running: StandIn;
  /**
   * Applies a policy: the application, the claim, the roles. If these differ from before, the stand-in restarts on its port
   * and its users have to sign in again, as after a deployment.
   */
  follow(policy: Policy, application: GuardedApplication): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the stand-in for an application that a policy guards.
 *
 * @throws {Problem} `port_in_use`, `cannot_listen`, `invalid_option`
 */
export async function startLocalStandIn(
  options: LocalStandInOptions,
  policy: Policy,
  application: GuardedApplication,
): Promise<LocalStandIn> {
  let settings = settingsFor(policy, application, options);
  let running = await startStandIn(settings);
  const port = Number(new URL(running.url).port);
  return {
    get running() {
      return running;
    },
    async follow(next, nextApplication) {
      const requested = settingsFor(next, nextApplication, options);
      if (isDeepStrictEqual(requested, settings)) return;
      await running.close();
      running = await startStandIn({ ...requested, port });
      settings = requested;
    },
    close: () => running.close(),
  };
}

function settingsFor(
  policy: Policy,
  { name, clientId, clientSecret }: GuardedApplication,
  { decide, ...options }: LocalStandInOptions,
): StandInOptions {
  return {
    ...options,
    clientId,
    clientSecret,
    application: {
      id: STAND_IN_APPLICATION_ID,
      workspace: 'demo',
      alias: 'gate',
      name,
    },
    claim: policy.claim,
    organizationPrefix: policy.organizationPrefix,
    organizationRoles: policy.organizations.map(({ role }) => role),
    ruleSentences: Object.fromEntries(
      (policy.refuse ?? []).flatMap(({ rule, because }) => (because === undefined ? [] : [[rule, because]])),
    ),
    ...(policy.defaultRole === undefined ? {} : { defaultRole: policy.defaultRole }),
    gate: decide === 'action' ? 'action' : tableFor(policy, name, clientId),
    // The Action decides about unverified addresses; if APEX refused them a second time, the login would loop.
    attributes: { verifyAttributes: false, usernameAttribute: usernameAttribute(policy), ...options.attributes },
  };
}

/** The policy has names where the application has a client id. */
function tableFor(policy: Policy, application: string, clientId: string): DecisionTable {
  return decisionTable(
    renameApplications(policy, (name) => (name === application ? clientId : name)),
    clientId,
  );
}
