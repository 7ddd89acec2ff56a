import { afterAll, expect, type TestAPI, test } from 'vitest';
import { decisionMatchers } from './decision-matchers.ts';
import { startTenant, type TestTenant, type TestTenantOptions } from './start-test-tenant.ts';
import type { SignIn } from './test-sign-in.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** The user reached the application; with these roles in the policy's claim, if they are named. */
    toBeAdmitted(roles?: readonly string[]): T extends SignIn ? R : never;
    /** The user did not reach the application; for this reason of the policy, or with this error, if it is named. */
    toBeRefused(reason?: string): T extends SignIn ? R : never;
  }
}

expect.extend(decisionMatchers);

/**
 * Vitest's `test` with a tenant for the file. It starts with the first test that asks for it, is restored for each test, and
 * stops after the last. Tests that run at the same time (`test.concurrent`) would share its state: give them tenants of their own.
 *
 * @example
 * const test = tenantTest({ users: [{ email: 'una@example.com', password: 'Open-1-gate' }] });
 * test('Una signs in', async ({ tenant }) => {
 *   expect(await tenant.signIn({ user: 'una@example.com' })).toBeAdmitted();
 * });
 */
export function tenantTest(options: TestTenantOptions = {}): TestAPI<{ tenant: TestTenant }> {
  let starting: ReturnType<typeof startClean> | undefined;
  afterAll(async () => {
    await (await starting?.catch(() => undefined))?.tenant.stop();
  });
  return test.extend<{ tenant: TestTenant }>({
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of fixtures from this pattern.
    tenant: async ({}, use) => {
      starting ??= startClean(options);
      const { tenant, clean } = await starting;
      await tenant.restore(clean);
      await use(tenant);
    },
  });
}

async function startClean(options: TestTenantOptions) {
  const tenant = await startTenant(options);
  return { tenant, clean: await tenant.snapshot() };
}
