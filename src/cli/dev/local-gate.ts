import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ManagementClient } from 'auth0';
import type { StandInEvent } from '../../apex/stand-in/event.ts';
import { type StandIn, startStandIn } from '../../apex/stand-in/stand-in.ts';
import { type PutPolicyResult, putPolicy } from '../../deployment/put-policy.ts';
import type { Policy } from '../../policy/policy.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { castFor, type Person } from './cast.ts';
import { ensureApplications, ensureCast } from './furnish-tenant.ts';

export interface LocalGateOptions {
  readonly policy: Policy;
  readonly tenantPort: number;
  readonly loopbackPort: number;
  readonly standInPort: number;
  readonly dataFolder?: string;
  readonly onStandInEvent?: (event: StandInEvent) => void;
}

/** A tenant with a policy on it, an application behind it, and people to try it with. */
export interface LocalGate {
  readonly tenant: Tenant;
  readonly standIn: StandIn;
  readonly management: ManagementClient;
  readonly cast: readonly Person[];
  /** Client id of the application that the stand-in signs in as. */
  readonly clientId: string;
  /** The policy that is at work, as the Action carries it: applications by client id. */
  policy(): Policy;
  /** Puts another policy in place of the one that is there. */
  put(policy: Policy): Promise<PutPolicyResult>;
  close(): Promise<void>;
}

/**
 * Starts what `portcullis dev` is about. The policy goes on the tenant through its Management API with the official
 * SDK, as it would on Auth0.
 *
 * @throws {TenantError} where a port or the data folder cannot be used
 * @throws {DeploymentError} where the policy cannot be put on the tenant
 */
export async function startLocalGate(options: LocalGateOptions): Promise<LocalGate> {
  const tenant = await startTenant({
    port: options.tenantPort,
    loopbackPort: options.loopbackPort,
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
  });
  let standIn: StandIn | undefined;
  const close = async () => {
    await standIn?.close();
    await tenant.close();
  };
  try {
    trust(tenant.caFile);
    const management = new ManagementClient({
      domain: tenant.domain,
      clientId: tenant.management.clientId,
      clientSecret: tenant.management.clientSecret,
      telemetry: false,
    });
    const { policy } = options;
    const credentials = await ensureApplications(management, policy);
    const running = await startStandIn({
      port: options.standInPort,
      issuer: tenant.loopbackUrl,
      clientId: credentials.clientId,
      clientSecret: credentials.clientSecret,
      application: { id: 100, workspace: 'demo', alias: 'gate', name: policy.applications[0] ?? 'APEX' },
      claim: policy.claim,
      organizationPrefix: policy.organizationPrefix,
      // Addresses that are not verified are the Action's business; APEX refusing them a second time is a loop.
      knobs: { verifyAttributes: false },
      organizationRoles: policy.organizations.map(({ role }) => role),
      ...(policy.defaultRole === undefined ? {} : { defaultRole: policy.defaultRole }),
      ...(options.onStandInEvent === undefined ? {} : { onEvent: options.onStandInEvent }),
    });
    standIn = running;
    await management.clients.update(credentials.clientId, {
      callbacks: [running.callbackUrl],
      allowed_logout_urls: [running.landingPageUrl, running.signedOutUrl, running.homeUrl],
      initiate_login_uri: running.homeUrl,
    });
    let atWork = policy;
    const put = async (next: Policy) => {
      // Applications that an edited policy guards anew are made, too.
      await ensureApplications(management, next);
      const result = await putPolicy(management, atStandIn(next, running), {
        domain: tenant.domain,
        logoutOrigins: { [new URL(tenant.loopbackUrl).host]: new URL(tenant.loopbackUrl).origin },
      });
      atWork = result.policy;
      return result;
    };
    await put(policy);
    const cast = castFor(policy);
    await ensureCast(management, cast);
    return {
      tenant,
      standIn: running,
      management,
      cast,
      clientId: credentials.clientId,
      policy: () => atWork,
      put,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The stand-in is the application here, so the refused end up on its landing page instead of the real one's. */
function atStandIn(policy: Policy, standIn: StandIn): Policy {
  return { ...policy, landingPage: standIn.landingPageUrl };
}

/** For the SDK in this process; programs of their own are told with `NODE_EXTRA_CA_CERTS`. */
function trust(caFile: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(caFile, 'utf8')]);
}
