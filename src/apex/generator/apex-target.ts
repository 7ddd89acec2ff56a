import { createHash } from 'node:crypto';
import { renameApplications } from '../../action/rename-applications.ts';
import type { Policy } from '../../policy/policy.ts';
import { Problem } from '../../problem/problem.ts';
import { type ApexVersion, apexVersion } from './apex-version.ts';

/** The component that decides: the Action alone, or the database as well. */
export type Decider = 'action' | 'plsql' | 'mle';

/** The input of the generated files. */
export interface ApexInput {
  readonly policy: Policy;
  /** The application that the files are for, as in the policy's `applications`; needed if it guards several. */
  readonly guarded?: string | undefined;
  readonly version: string;
  readonly decider: Decider;
  readonly domain?: string | undefined;
  readonly clientId?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly workspace?: string | undefined;
  readonly application?: string | undefined;
  readonly scheme?: string | undefined;
  readonly signedOutPage?: string | undefined;
}

/** The same, checked, with a placeholder for each missing value. */
export interface ApexTarget {
  /** For this application alone: it is named by its client id, and the landing page is its own. */
  readonly policy: Policy;
  readonly version: ApexVersion;
  readonly decider: Decider;
  readonly domain: string;
  readonly clientId: string;
  readonly baseUrl: string;
  readonly workspace: string;
  readonly application: string;
  readonly scheme: string;
  readonly signedOutPage: string;
  readonly credentialStaticId: string;
  /** Placeholders in use, and how to set the value. */
  readonly missing: readonly { readonly placeholder: string; readonly remedy: string }[];
  /** Ids of components: always the same for one application and scheme of a workspace. */
  id(component: string): string;
}

const LONGEST = 255;

/**
 * @throws {Problem} `apex_version_unknown`, `apex_value_invalid`, `apex_application_unknown`
 * @example apexTarget({ policy, version: '24.2', decider: 'action' }).domain // 'YOUR_AUTH0_DOMAIN'
 */
export function apexTarget(input: ApexInput): ApexTarget {
  const missing: { placeholder: string; remedy: string }[] = [];
  const valueOr = (value: string | undefined, placeholder: string, remedy: string): string => {
    if (value !== undefined && value !== '') return value;
    missing.push({ placeholder, remedy });
    return placeholder;
  };
  const application = valueOr(input.application, 'YOUR_APPLICATION', 'apex.application in the configuration');
  const workspace = valueOr(input.workspace, 'YOUR_WORKSPACE', 'apex.workspace in the configuration').toUpperCase();
  const scheme = input.scheme ?? 'Auth0';
  const clientId = valueOr(input.clientId, 'YOUR_CLIENT_ID', '--client-id');
  const target: ApexTarget = {
    policy: policyFor(input, clientId),
    version: apexVersion(input.version),
    decider: input.decider,
    domain: valueOr(input.domain, 'YOUR_AUTH0_DOMAIN', 'tenant.domain in the configuration, or AUTH0_DOMAIN'),
    clientId,
    baseUrl: valueOr(input.baseUrl, 'YOUR_APEX_BASE_URL', 'apex.baseUrl in the configuration'),
    workspace,
    application,
    scheme,
    signedOutPage: valueOr(
      input.signedOutPage,
      'YOUR_SIGNED_OUT_PAGE',
      'apex.signedOutPage in the configuration: a public page',
    ),
    credentialStaticId: 'PORTCULLIS_AUTH0',
    missing,
    id: (component) => stableId(`${workspace}\n${application}\n${scheme}\n${component}`),
  };
  check('client id', target.clientId, /^[A-Za-z0-9_-]{1,255}$/);
  check('domain', target.domain, /^[A-Za-z0-9_.-]{1,253}(:\d{1,5})?$/);
  check('claim', target.policy.claim, /^[^\p{Cc}]{1,255}$/u);
  check('workspace', target.workspace, /^[^\p{Cc}]{1,255}$/u);
  if (scheme.length > LONGEST) check('scheme', scheme, /^$/);
  return target;
}

/** Returns the policy as it is for one application. */
function policyFor({ policy, guarded }: ApexInput, clientId: string): Policy {
  const { applications } = policy;
  if (guarded !== undefined) assertGuarded(guarded, policy);
  else if (applications.length > 1) {
    throw unclear(`The policy guards ${applications.length} applications, and the files are for one.`, policy);
  }
  const [only = clientId] = guarded === undefined ? applications : [guarded];
  const { landingPages = {}, ...own } = renameApplications(policy, (name) => (name === only ? clientId : name));
  const landingPage = Object.hasOwn(landingPages, clientId) ? landingPages[clientId] : undefined;
  return { ...own, applications: [clientId], landingPage: landingPage ?? own.landingPage };
}

/**
 * Refuses a name that is not one of the policy's applications.
 *
 * @throws {Problem} `apex_application_unknown`
 */
export function assertGuarded(name: string, policy: Policy): void {
  if (!policy.applications.includes(name)) {
    throw unclear(`The policy guards no application ${JSON.stringify(name)}.`, policy);
  }
}

function unclear(message: string, { applications }: Policy): Problem {
  const names = applications.map((name) => `--application ${JSON.stringify(name)}`).join(', or ');
  return new Problem('apex_application_unknown', message, `Name one of them: ${names}`);
}

/** Returns the tenant's logout address, which ends on a public page. */
export function logoutUrl(target: ApexTarget, returnTo: string): string {
  return `https://${target.domain}/v2/logout?client_id=${target.clientId}&returnTo=${encodeURIComponent(returnTo)}`;
}

/** Derives a large number, so that it differs from other components' ids; small enough to be exact in JavaScript. */
function stableId(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return String(900_000_000_000_000n + (digest.readBigUInt64BE(0) % 90_000_000_000_000n));
}

function check(name: string, value: string, form: RegExp): void {
  if (form.test(value)) return;
  throw new Problem(
    'apex_value_invalid',
    `The ${name} cannot be put into APEX files as it is.`,
    `Correct the ${name}.`,
  );
}
