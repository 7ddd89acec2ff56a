import * as z from 'zod';
import { formatPath, type Mistake } from '../problem/mistake.ts';
import { describeValue, isShowable } from './describe-value.ts';
import { normalizeTenantDomain } from './environment.ts';
import { mistakesProblem } from './mistakes-problem.ts';
import { parsePolicy, type TestedPolicy } from './parse-policy.ts';
import { findSimilarName } from './similar-name.ts';

/** The settings of a configuration beside the policy, for the commands that put it on a tenant. */
export interface DeploymentSettings {
  /** Host, and port if any. Absent: the environment's. */
  readonly domain?: string;
  /** Absent: last when it is bound for the first time, then the position that it is moved to in Auth0. */
  readonly position?: 'first' | 'last' | { readonly before: string } | { readonly after: string };
  /** APEX's address for the end of a login, if the configuration has the address of APEX. */
  readonly callbackUrl?: string;
  /** A public page that a sign-out ends on. */
  readonly signedOutPage?: string;
  /** Such pages of single applications, by the application's name in the policy. */
  readonly signedOutPages?: Readonly<Record<string, string>>;
}

/** The settings of a configuration for APEX. */
export interface ApexSettings {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly workspace?: string | undefined;
  readonly application?: string | undefined;
  readonly scheme?: string | undefined;
  readonly signedOutPage?: string | undefined;
  /** The values of single applications, by the application's name in the policy. */
  readonly applications?: Readonly<Record<string, ApexApplicationSettings>> | undefined;
}

/** The settings that differ from one APEX application to the next. */
type ApexApplicationSettings = Pick<ApexSettings, 'application' | 'scheme' | 'signedOutPage'>;

interface ParseOptions {
  /** The file that the value comes from, for the error. */
  readonly file?: string | undefined;
}

const EXPECTED: Readonly<Record<string, string>> = {
  '': 'an object with a policy in it, or a policy',
  policy: 'a policy',
  tenant: 'an object with the domain of the tenant',
  'tenant.domain': "the tenant's domain, such as example.eu.auth0.com",
  apex: 'an object with the address of APEX',
  'apex.baseUrl':
    'the part before /r/ or /f?p= in the address of APEX, such as https://apex.example.com/ords, of at most 1000 characters',
  'apex.signedOutPage':
    'the absolute URL of a public page, such as https://apex.example.com/ords/r/team/app/signed-out, of at most 1000 characters',
  'apex.workspace': 'the workspace as it stands in addresses, such as "team"',
  'apex.application': 'the alias or the number of the APEX application',
  'apex.scheme': 'the name of an authentication scheme, such as "Auth0"',
  'apex.applications': "an object with an entry for applications of the policy, by name: { HR: { application: 'hr' } }",
  position: '"first", "last", { before: "NAME" } or { after: "NAME" }',
};

/** Longer than any address of APEX, and short enough for the database even if every character is encoded. */
const LONGEST_URL = 1000;

const url = z
  .string()
  .max(LONGEST_URL)
  .refine((text) => /^https?:\/\/[^/]/i.test(text) && URL.canParse(text));

/** The characters that may be between two slashes. */
const word = z.string().regex(/^[^\s/?#&]{1,255}$/);

/** The settings of one APEX application. */
const ofApplication = {
  application: z.union([word, z.int().positive().transform(String)]).optional(),
  scheme: z.string().trim().min(1).max(255).optional(),
  signedOutPage: url.optional(),
};

const schema = z.strictObject({
  policy: z.unknown(),
  tenant: z.strictObject({ domain: z.string().refine((text) => normalizeTenantDomain(text) !== undefined) }).optional(),
  apex: z
    .strictObject({
      // The address of a page would give a callback that APEX does not answer at.
      baseUrl: url.refine((text) => !/\/r\/|[?#]/.test(text)).transform((text) => text.replace(/\/+$/, '')),
      workspace: word.optional(),
      ...ofApplication,
      applications: z.record(z.string(), z.strictObject(ofApplication)).optional(),
    })
    .optional(),
  position: z
    .union([
      z.enum(['first', 'last']),
      z.strictObject({ before: z.string().min(1) }),
      z.strictObject({ after: z.string().min(1) }),
    ])
    .optional(),
});

/**
 * Checks the export of a configuration file: a policy, or an object with a policy and the further settings that
 * `portcullis plan` and `apply` need.
 *
 * @param input any value, such as the default export of `portcullis.config.ts`
 * @throws {Problem} `policy_invalid`, `configuration_invalid`, with every mistake in `mistakes`
 * @example parseConfiguration({ policy, tenant: { domain: 'example.eu.auth0.com' } }).deployment.domain
 */
export function parseConfiguration(
  input: unknown,
  options: ParseOptions = {},
): TestedPolicy & { deployment: DeploymentSettings; apex: ApexSettings | undefined } {
  if (typeof input !== 'object' || input === null || !('policy' in input)) {
    return { ...parsePolicy(input, options), deployment: {}, apex: undefined };
  }
  const result = schema.safeParse(input);
  if (!result.success)
    throw mistakesProblem(
      'configuration_invalid',
      options.file ?? 'The configuration',
      result.error.issues.flatMap((issue) => mistakesOf(issue, input)),
      options.file,
    );
  const { policy, tenant, apex, position } = result.data;
  const tested = parsePolicy(policy, options);
  const stranger = Object.keys(apex?.applications ?? {}).find((name) => !tested.policy.applications.includes(name));
  if (stranger !== undefined)
    throw mistakesProblem(
      'configuration_invalid',
      options.file ?? 'The configuration',
      [unguarded(stranger, tested.policy.applications)],
      options.file,
    );
  const pages = Object.entries(apex?.applications ?? {}).flatMap(([name, { signedOutPage }]) =>
    signedOutPage === undefined ? [] : [[name, signedOutPage] as const],
  );
  const domain = tenant === undefined ? undefined : normalizeTenantDomain(tenant.domain);
  return {
    ...tested,
    apex,
    deployment: {
      ...(domain === undefined ? {} : { domain }),
      ...(position === undefined ? {} : { position }),
      ...(apex === undefined ? {} : { callbackUrl: callbackUrl(apex.baseUrl) }),
      ...(apex?.signedOutPage === undefined ? {} : { signedOutPage: apex.signedOutPage }),
      ...(pages.length === 0 ? {} : { signedOutPages: Object.fromEntries(pages) }),
    },
  };
}

function unguarded(name: string, applications: readonly string[]): Mistake {
  const visible = isShowable(name) ? name : '…';
  return {
    path: ['apex', 'applications', visible],
    field: `apex.applications.${visible}`,
    expected: 'an application that the policy guards',
    found: 'another name',
    advice: `They are: ${applications.join(', ')}.`,
  };
}

/** Oracle APEX documentation, `APEX_AUTHENTICATION.GET_CALLBACK_URL`. */
function callbackUrl(baseUrl: string): string {
  return `${baseUrl}/apex_authentication.callback`;
}

function mistakesOf(issue: z.core.$ZodIssue, input: unknown): Mistake[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const field = formatPath(path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(path, key));
  const value = path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    input,
  );
  const [outermost = ''] = field.split('.');
  const expected = EXPECTED[field] ?? EXPECTED[outermost] ?? 'something else';
  return [{ path, field, expected, found: describeValue(value), advice: '' }];
}

function unknownField(parent: readonly (string | number)[], key: string): Mistake {
  const path = [...parent, isShowable(key) ? key : '…'];
  const prefix = parent.length === 0 ? '' : `${formatPath(parent)}.`;
  const known = Object.keys(EXPECTED)
    .filter((one) => one !== '' && one.startsWith(prefix))
    .map((one) => one.slice(prefix.length))
    .filter((one) => !one.includes('.'));
  const similar = findSimilarName(key, known);
  return {
    path,
    field: formatPath(path),
    expected: `one of the fields ${known.join(', ')}`,
    found: 'a field that is unknown',
    advice: similar === undefined ? 'Remove it.' : `Did you mean ${similar}?`,
  };
}
