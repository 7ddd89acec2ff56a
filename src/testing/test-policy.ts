import type { ManagementClient } from 'auth0';
import type { ConfigurationInput, PolicyInput } from '../configuration/define-configuration.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { parseConfiguration } from '../configuration/parse-configuration.ts';
import { putPolicy } from '../deployment/put-policy.ts';
import { wantedUrls } from '../deployment/wanted-urls.ts';
import type { Policy } from '../policy/policy.ts';
import { type PolicyTest, runPolicyTest } from '../policy/policy-test.ts';
import { Problem } from '../problem/problem.ts';
import type { Seed } from './seed/seed.ts';

/** A policy: its file, or what its file exports. */
export type PolicySource = string | PolicyInput | ConfigurationInput;

/** A policy that is ready to be put on a tenant. */
export interface TestPolicy {
  /** The applications that it guards, unless a seed has them already, with the callback of APEX if one is configured. */
  missingApplications(seeds: readonly Seed[]): Seed;
  put(management: ManagementClient, domain: string, loopbackUrl: string): Promise<void>;
}

/**
 * Reads a policy as `apply` does.
 *
 * @throws {Problem} if it cannot be read or is not valid, and `policy_tests_failed` if one of its tests fails
 * @example const policy = await readPolicy('./portcullis.config.ts', process.cwd());
 */
export async function readPolicy(source: PolicySource, folder: string): Promise<TestPolicy> {
  const { policy, tests, deployment } =
    typeof source === 'string' ? await loadConfiguration({ path: source, cwd: folder }) : parseConfiguration(source);
  assertTestsHold(policy, tests);
  const { callbackUrl, position } = deployment;
  return {
    missingApplications(seeds) {
      const known = new Set(seeds.flatMap(({ clients = [] }) => clients.map(({ name }) => name)));
      const missing = policy.applications.filter((name) => !known.has(name));
      const callbacks = [callbackUrl ?? APEX_CALLBACK];
      return { clients: missing.map((name) => ({ name, app_type: 'regular_web', callbacks })) };
    },
    async put(management, domain, loopbackUrl) {
      const { host, origin } = new URL(loopbackUrl);
      await putPolicy(management, policy, {
        domain,
        logoutOrigins: { [host]: origin },
        ...wantedUrls(policy, deployment),
        ...(position !== undefined && { position }),
      });
    },
  };
}

/** The callback of an APEX on this machine. */
const APEX_CALLBACK = 'http://localhost:8080/ords/apex_authentication.callback';

function assertTestsHold(policy: Policy, tests: readonly PolicyTest[]): void {
  const failed = tests.flatMap((test, index) => (runPolicyTest(policy, test).holds ? [] : [`tests[${index}]`]));
  if (failed.length === 0) return;
  throw new Problem(
    'policy_tests_failed',
    `The policy does not do what ${failed.length} of its ${tests.length} tests expect: ${failed.join(', ')}.`,
  );
}
