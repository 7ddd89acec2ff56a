import { readFileSync } from 'node:fs';
import { ManagementClient } from 'auth0';
import type { ResolvedPolicy } from '../../action/resolved-policy.ts';
import { MISTAKES, type MistakeName } from '../../apex/stand-in/classic-mistake.ts';
import type { StandIn } from '../../apex/stand-in/stand-in.ts';
import type { StandInEvent } from '../../apex/stand-in/stand-in-event.ts';
import type { StandInKnobs } from '../../apex/stand-in/stand-in-knobs.ts';
import type { StandsFor } from '../../apex/stand-in/stands-for.ts';
import { type PolicyInPlace, putPolicy } from '../../deployment/put-policy.ts';
import type { Policy } from '../../policy/policy.ts';
import type { LoopbackGeoip } from '../../tenant/actions/run/loopback-geoip.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import type { TenantKeys } from '../../tenant/tenant-keys.ts';
import { loadConsoleSite } from '../console/load-console-site.ts';
import { trustCertificates } from '../trust-certificates.ts';
import { castFor, type Person } from './cast.ts';
import { ensureApplications, ensureAudience, ensureCast } from './furnish-tenant.ts';
import { type Decider, type LocalStandIn, startLocalStandIn } from './local-stand-in.ts';
import { withoutAction } from './without-action.ts';

export interface LocalGateOptions {
  readonly policy: Policy;
  readonly tenantPort: number;
  readonly loopbackPort: number;
  readonly standInPort: number;
  /** Whether Actions run on the Node.js of their runtime; on this one unless asked. */
  readonly fetchNode?: boolean;
  readonly loopbackGeoip?: LoopbackGeoip;
  readonly dataFolder?: string;
  /** Keys that the tenant shares with others; it makes its own unless given. */
  readonly keys?: TenantKeys;
  /** A web console at the tenant, which shows the policy as well; none unless asked. */
  readonly console?: boolean;
  /** Of an exported authentication scheme; the gate's own unless given. */
  readonly standInKnobs?: Partial<StandInKnobs>;
  /** The real pages that such a scheme names. */
  readonly standsFor?: StandsFor;
  /** Who decides; the Action unless given. */
  readonly decide?: Decider;
  /** A classic mistake to make. */
  readonly mistake?: MistakeName;
  readonly onStandInEvent?: (event: StandInEvent) => void;
}

/** A tenant with a policy on it, an application behind it, and people to try it with. */
export interface LocalGate {
  readonly tenant: Tenant;
  readonly standIn: StandIn;
  readonly management: ManagementClient;
  /** The people for the policy that is at work, with the roles that they held when it was put there. */
  readonly cast: readonly Person[];
  /** Client id of the application that the stand-in signs in as: the first one that the policy guards. */
  readonly clientId: string;
  /** The policy that is at work, as the Action carries it: applications by client id. */
  policy(): ResolvedPolicy;
  /** Puts another policy in place of the one that is there; the stand-in and the cast follow it. */
  put(policy: Policy): Promise<PolicyInPlace>;
  close(): Promise<void>;
}

/**
 * Starts what `portcullis dev` is about. The policy goes on the tenant through its Management API with the official
 * SDK, as it would on Auth0.
 *
 * @throws {Problem} where a port or the data folder cannot be used
 * @throws {Problem} where the stand-in's port cannot be used
 * @throws {Problem} where the policy cannot be put on the tenant
 */
export async function startLocalGate(options: LocalGateOptions): Promise<LocalGate> {
  const { decide = 'action', mistake } = options;
  let atWork: AtWork | undefined;
  const tenant = await startTenant({
    port: options.tenantPort,
    loopbackPort: options.loopbackPort,
    ...(options.console && {
      console: { site: loadConsoleSite, documents: { gate: () => gateDocument(atWork, standIn?.running) } },
    }),
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
    ...(options.keys === undefined ? {} : { keys: options.keys }),
    ownNode: options.fetchNode !== true,
    ...(options.loopbackGeoip === undefined ? {} : { loopbackGeoip: options.loopbackGeoip }),
  });
  let standIn: LocalStandIn | undefined;
  let distrust = () => {};
  const close = async () => {
    await standIn?.close();
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
    const loopback = new URL(tenant.loopbackUrl);
    await ensureAudience(management, options.standInKnobs?.authUriParameters);
    // What the last cast said of itself; what people hold may be more.
    let said: readonly Person[] = [];
    const put = async (asked: Policy, local: LocalStandIn): Promise<PolicyInPlace & AtWork> => {
      const next = mistaken(asked, mistake);
      // Applications that an edited policy guards anew are made, too.
      const credentials = await ensureApplications(management, next);
      await registerAddresses(management, credentials.clientId, local.running, mistake !== 'missing-callback');
      const here = atStandIn(next, local.running);
      const result: PolicyInPlace =
        decide === 'apex'
          ? await withoutAction(management, here)
          : await putPolicy(management, here, {
              domain: tenant.domain,
              logoutOrigins: { [loopback.host]: loopback.origin },
            });
      await local.follow(next, credentials);
      const wanted = castFor(next);
      const cast = await ensureCast(management, wanted, said);
      said = wanted;
      return { ...result, cast, clientId: credentials.clientId };
    };
    const running = await startLocalStandIn(
      {
        port: options.standInPort,
        issuer: tenant.loopbackUrl,
        decide,
        checksCallback: mistake === 'missing-callback',
        knobs: { ...options.standInKnobs, ...(mistake === undefined ? {} : MISTAKES[mistake].knobs) },
        ...(options.standsFor === undefined ? {} : { standsFor: options.standsFor }),
        ...(options.onStandInEvent === undefined ? {} : { onEvent: options.onStandInEvent }),
      },
      mistaken(options.policy, mistake),
      await ensureApplications(management, options.policy),
    );
    standIn = running;
    let last: AtWork = await put(options.policy, running);
    atWork = last;
    return {
      tenant,
      management,
      get standIn() {
        return running.running;
      },
      get cast() {
        return last.cast;
      },
      get clientId() {
        return last.clientId;
      },
      policy: () => last.policy,
      async put(next) {
        const result = await put(next, running);
        last = result;
        atWork = result;
        return result;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a policy brought with it. */
interface AtWork {
  readonly policy: ResolvedPolicy;
  readonly cast: readonly Person[];
  readonly clientId: string;
}

/** What the console shows of the gate; `decide` itself runs in the browser. */
function gateDocument(atWork: AtWork | undefined, standIn: StandIn | undefined) {
  if (atWork === undefined || standIn === undefined) return null;
  return { policy: atWork.policy, clientId: atWork.clientId, homeUrl: standIn.homeUrl };
}

/** APEX refuses who is not verified only where the policy has let them in. */
function mistaken(policy: Policy, mistake: MistakeName | undefined): Policy {
  return mistake === 'verify-clash' ? { ...policy, unverifiedEmail: 'admit' } : policy;
}

async function registerAddresses(
  management: ManagementClient,
  clientId: string,
  standIn: StandIn,
  withCallback: boolean,
): Promise<void> {
  const logoutUrls = new Set([standIn.landingPageUrl, standIn.signedOutUrl, standIn.homeUrl]);
  // A page of its own that only an exported scheme names.
  if (new URL(standIn.postLogoutUrl).origin === standIn.url) logoutUrls.add(standIn.postLogoutUrl);
  await management.clients.update(clientId, {
    callbacks: withCallback ? [standIn.callbackUrl] : [],
    allowed_logout_urls: [...logoutUrls],
    initiate_login_uri: standIn.homeUrl,
  });
}

/** The stand-in is the application here, so the refused end up on its landing page instead of the real one's. */
function atStandIn(policy: Policy, standIn: StandIn): Policy {
  return { ...policy, landingPage: standIn.landingPageUrl };
}
