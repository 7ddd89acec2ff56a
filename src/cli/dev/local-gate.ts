import { readFileSync } from 'node:fs';
import { ManagementClient } from 'auth0';
import type { ResolvedPolicy } from '../../action/resolved-policy.ts';
import { MISTAKES, type MistakeName } from '../../apex/stand-in/classic-mistake.ts';
import type { RealPages } from '../../apex/stand-in/local-address.ts';
import type { SchemeAttributes } from '../../apex/stand-in/scheme-attributes.ts';
import type { StandIn } from '../../apex/stand-in/stand-in.ts';
import type { StandInEvent } from '../../apex/stand-in/stand-in-event.ts';
import { type PolicyInPlace, putPolicy } from '../../deployment/put-policy.ts';
import type { Policy } from '../../policy/policy.ts';
import type { LoopbackGeoip } from '../../tenant/actions/loopback-geoip-schema.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import type { TenantKeys } from '../../tenant/tenant-keys.ts';
import { trustCertificates } from '../../testing/trust-certificates.ts';
import { loadConsoleSite } from '../console/load-console-site.ts';
import { castFor, type Person } from './cast.ts';
import { expectedDecision } from './expected-decision.ts';
import { type Decider, type LocalStandIn, startLocalStandIn } from './local-stand-in.ts';
import type { PolicyFile } from './policy-file/policy-file.ts';
import { removeAction } from './remove-action.ts';
import { ensureApplications, ensureAudience, ensureCast, ensureFactor, type GuardedApplication } from './seed-gate.ts';

export interface LocalGateOptions {
  readonly policy: Policy;
  readonly tenantPort: number;
  readonly loopbackPort: number;
  readonly standInPort: number;
  /** Whether Actions run on the Node.js version of their runtime, instead of this one; false unless given. */
  readonly fetchNode?: boolean;
  readonly loopbackGeoip?: LoopbackGeoip;
  /** Whether the tenant only stores network access control lists; false unless set. */
  readonly ignoreNetworkAcls?: boolean;
  readonly dataFolder?: string;
  /** Puts a seed on the tenant before anything else. */
  readonly seed?: (tenant: Tenant) => Promise<void>;
  /** Variables for the tenant. By default those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Keys that the tenant shares with others; it creates its own unless given. */
  readonly keys?: TenantKeys;
  /** Whether the tenant has a web console, which also shows the policy; false unless given. */
  readonly console?: boolean;
  /** The file that the policy comes from: the console shows its tests, and edits it. */
  readonly policyFile?: Pick<PolicyFile, 'state' | 'change'>;
  /** Settings from an exported authentication scheme; the gate's own unless given. */
  readonly schemeAttributes?: Partial<SchemeAttributes>;
  /** The real pages that the exported scheme names. */
  readonly realPages?: RealPages;
  /** The party that decides; the Action unless given. */
  readonly decide?: Decider;
  /** A classic mistake to include. */
  readonly mistake?: MistakeName;
  readonly onStandInEvent?: (event: StandInEvent) => void;
  /** Called with what the gate had to change on the tenant for the policy, and a real tenant needs too. */
  readonly onNotice?: (text: string) => void;
}

/** A guarded application and its stand-in. */
export interface GateApplication {
  /** As in the policy. */
  readonly name: string;
  readonly clientId: string;
  readonly standIn: StandIn;
}

/** A tenant with a policy on it, an application that it guards, and users to try it with. */
export interface LocalGate {
  readonly tenant: Tenant;
  readonly standIn: StandIn;
  readonly management: ManagementClient;
  /** The users for the current policy, with the roles that they had when the policy was put on the tenant. */
  readonly cast: readonly Person[];
  /** Client ID of the application that the stand-in represents: the first one that the policy guards. */
  readonly clientId: string;
  /** All applications that the policy guards, each with a stand-in of its own. */
  readonly applications: readonly GateApplication[];
  /** The current policy as in the Action: applications by client ID. */
  policy(): ResolvedPolicy;
  /** Replaces the policy. The stand-in and the cast follow it. */
  put(policy: Policy): Promise<PolicyInPlace>;
  close(): Promise<void>;
}

/**
 * Starts the gate of `portcullis dev`. The policy is put on the tenant through its Management API with the official SDK, as
 * it would be on Auth0.
 *
 * @throws {Problem} if a port or the data folder cannot be used
 * @throws {Problem} if the stand-in's port cannot be used
 * @throws {Problem} if the policy cannot be put on the tenant
 */
export async function startLocalGate(options: LocalGateOptions): Promise<LocalGate> {
  const { decide = 'action', mistake } = options;
  let current: CurrentPolicy | undefined;
  const tenant = await startTenant({
    port: options.tenantPort,
    loopbackPort: options.loopbackPort,
    ...(options.console && {
      console: {
        site: loadConsoleSite,
        documents: { gate: () => gateDocument(current, standIn?.running, options.policyFile) },
        ...(options.policyFile && { changes: { 'policy-file': options.policyFile.change } }),
      },
    }),
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.keys === undefined ? {} : { keys: options.keys }),
    ownNode: options.fetchNode !== true,
    ...(options.loopbackGeoip === undefined ? {} : { loopbackGeoip: options.loopbackGeoip }),
    ...(options.ignoreNetworkAcls === undefined ? {} : { ignoreNetworkAcls: options.ignoreNetworkAcls }),
  });
  let standIn: LocalStandIn | undefined;
  /** The stand-ins of the other applications, by the names in the policy. */
  const others = new Map<string, LocalStandIn>();
  let distrust = () => {};
  const close = async () => {
    for (const one of [standIn, ...others.values()]) await one?.close();
    await tenant.close();
    distrust();
  };
  try {
    distrust = trustCertificates(readFileSync(tenant.caFile, 'utf8'));
    const management = new ManagementClient({
      domain: tenant.domain,
      clientId: tenant.management.clientId,
      clientSecret: tenant.management.clientSecret,
      telemetry: false,
    });
    await options.seed?.(tenant);
    const loopback = new URL(tenant.loopbackUrl);
    await ensureAudience(management, options.schemeAttributes?.authUriParameters);
    // The cast of the previous policy. On the tenant, its users may have more roles than it defines.
    let formerCast: readonly Person[] = [];
    let last: CurrentPolicy | undefined;
    const put = async (requested: Policy, local: LocalStandIn): Promise<PolicyInPlace & CurrentPolicy> => {
      const next = withMistake(requested, mistake);
      // Applications that only the edited policy guards are created as well.
      const [first, ...more] = await ensureApplications(management, next);
      await followOthers(next, more);
      const applications: GateApplication[] = [
        { ...first, standIn: local.running },
        ...more.flatMap((one) => {
          const other = others.get(one.name);
          return other === undefined ? [] : [{ ...one, standIn: other.running }];
        }),
      ];
      for (const { clientId, standIn: at } of applications) {
        await registerAddresses(management, clientId, at, mistake !== 'missing-callback');
      }
      const here = atStandIns(next, applications);
      const result: PolicyInPlace =
        decide === 'apex'
          ? await removeAction(management, here)
          : await putPolicy(management, here, {
              domain: tenant.domain,
              logoutOrigins: { [loopback.host]: loopback.origin },
            });
      if (decide !== 'apex' && (await ensureFactor(management, next))) options.onNotice?.(FACTOR_NOTICE);
      await local.follow(next, first);
      const nextCast = castFor(next, formerCast);
      // Users of the former cast that the policy now locks out stay, since they show what the edit does.
      const lockedOut = (last?.cast ?? []).filter(
        (person) =>
          nextCast.every(({ email }) => email !== person.email) &&
          expectedDecision(result.policy, first.clientId, person).outcome === 'refuse',
      );
      nextCast.push(...lockedOut);
      const cast = await ensureCast(management, nextCast, formerCast);
      formerCast = nextCast;
      return { ...result, cast, clientId: first.clientId, applications };
    };
    const standInOptions = {
      port: options.standInPort,
      issuer: tenant.loopbackUrl,
      decide,
      checksCallback: mistake === 'missing-callback',
      attributes: { ...options.schemeAttributes, ...(mistake === undefined ? {} : MISTAKES[mistake].attributes) },
      ...(options.realPages === undefined ? {} : { realPages: options.realPages }),
      ...(options.onStandInEvent === undefined ? {} : { onEvent: options.onStandInEvent }),
    };
    /** Each further application has a stand-in of its own, at any free port. */
    async function followOthers(policy: Policy, more: readonly GuardedApplication[]): Promise<void> {
      for (const [name, other] of others) {
        if (more.some((one) => one.name === name)) continue;
        others.delete(name);
        await other.close();
      }
      for (const application of more) {
        const other = others.get(application.name);
        if (other === undefined) {
          others.set(application.name, await startLocalStandIn({ ...standInOptions, port: 0 }, policy, application));
        } else await other.follow(policy, application);
      }
    }
    const [firstApplication] = await ensureApplications(management, options.policy);
    const running = await startLocalStandIn(standInOptions, withMistake(options.policy, mistake), firstApplication);
    standIn = running;
    const first = await put(options.policy, running);
    last = first;
    current = first;
    return {
      tenant,
      management,
      get standIn() {
        return running.running;
      },
      get cast() {
        return (last ?? first).cast;
      },
      get clientId() {
        return (last ?? first).clientId;
      },
      get applications() {
        return (last ?? first).applications.map((one, index) =>
          index === 0 ? { ...one, standIn: running.running } : one,
        );
      },
      policy: () => (last ?? first).policy,
      async put(next) {
        const result = await put(next, running);
        last = result;
        current = result;
        return result;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const FACTOR_NOTICE =
  'A rule asks for a second factor: one-time passwords are enabled here now. Your own tenant needs a factor, too: `portcullis verify` checks it.';

/** The current policy and what belongs to it. */
interface CurrentPolicy {
  readonly policy: ResolvedPolicy;
  readonly cast: readonly Person[];
  readonly clientId: string;
  readonly applications: readonly GateApplication[];
}

/** The part of the gate that the console shows; `decide` itself runs in the browser. */
function gateDocument(
  current: CurrentPolicy | undefined,
  standIn: StandIn | undefined,
  file: LocalGateOptions['policyFile'],
) {
  if (current === undefined || standIn === undefined) return null;
  const { policy, clientId } = current;
  return { policy, clientId, homeUrl: standIn.homeUrl, ...(file === undefined ? {} : { file: file.state() }) };
}

/** For this mistake, the policy must let unverified users in: only then APEX can refuse them. */
function withMistake(policy: Policy, mistake: MistakeName | undefined): Policy {
  return mistake === 'verify-clash' ? { ...policy, unverifiedEmail: 'admit' } : policy;
}

async function registerAddresses(
  management: ManagementClient,
  clientId: string,
  standIn: StandIn,
  withCallback: boolean,
): Promise<void> {
  const logoutUrls = new Set([standIn.landingPageUrl, standIn.signedOutUrl, standIn.homeUrl]);
  // A sign-out page that only an exported scheme names.
  if (new URL(standIn.postLogoutUrl).origin === standIn.url) logoutUrls.add(standIn.postLogoutUrl);
  await management.clients.update(clientId, {
    callbacks: withCallback ? [standIn.callbackUrl] : [],
    allowed_logout_urls: [...logoutUrls],
    initiate_login_uri: standIn.homeUrl,
  });
}

/** Refused users are sent to the landing page of the stand-in instead of the real one. */
function atStandIns(policy: Policy, [first, ...others]: readonly GateApplication[]): Policy {
  const { landingPages: _, ...local } = policy;
  const landingPage = first?.standIn.landingPageUrl ?? policy.landingPage;
  if (others.length === 0) return { ...local, landingPage };
  const pages = others.map(({ name, standIn }) => [name, standIn.landingPageUrl] as const);
  return { ...local, landingPage, landingPages: Object.fromEntries(pages) };
}
