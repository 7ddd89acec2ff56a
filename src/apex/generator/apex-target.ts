import { createHash } from 'node:crypto';
import type { Policy } from '../../policy/policy.ts';
import { Problem } from '../../problem/problem.ts';
import { type ApexVersion, apexVersion } from './apex-version.ts';

/** The component that decides: the Action alone, or the database as well. */
export type Decider = 'action' | 'plsql' | 'mle';

/** The input of the generated files. */
export interface ApexInput {
  readonly policy: Policy;
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
 * @throws {Problem} `apex_version_unknown`, `apex_value_invalid`
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
  const target: ApexTarget = {
    policy: input.policy,
    version: apexVersion(input.version),
    decider: input.decider,
    domain: valueOr(input.domain, 'YOUR_AUTH0_DOMAIN', 'tenant.domain in the configuration, or AUTH0_DOMAIN'),
    clientId: valueOr(input.clientId, 'YOUR_CLIENT_ID', '--client-id'),
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
