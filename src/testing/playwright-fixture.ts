import {
  expect as base,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
  test,
} from '@playwright/test';
import { decisionMatchers } from './decision-matchers.ts';
import { startTenant, type TenantSnapshot, type TestTenant, type TestTenantOptions } from './start-test-tenant.ts';
import type { SignIn, SignInOptions } from './test-sign-in.ts';

/** Fixtures of one test. */
export interface TenantFixtures {
  /** The tenant of the worker, as its seed left it. */
  readonly tenant: TestTenant;
  /** Signs a user in and gives the session to the page's browser, so that the application asks for no password. */
  readonly signIn: (options: SignInOptions) => Promise<SignIn>;
}

/** Fixtures of one worker. */
export interface TenantWorkerFixtures {
  readonly cleanTenant: { readonly tenant: TestTenant; readonly clean: TenantSnapshot };
}

/** Playwright's `expect` with the matchers for logins. */
export const expect = base.extend(decisionMatchers);

/**
 * Playwright's `test` with a tenant for each worker, restored for each test, whose certificate the browser accepts.
 *
 * @example
 * const test = tenantTest({ users: [{ email: 'una@example.com', password: 'Open-1-gate' }] });
 * test('Una sees her page', async ({ page, signIn }) => {
 *   await signIn({ user: 'una@example.com' });
 *   await page.goto('http://localhost:3000/login');
 * });
 */
export function tenantTest(
  options: TestTenantOptions = {},
): TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & TenantFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & TenantWorkerFixtures
> {
  return test.extend<TenantFixtures, TenantWorkerFixtures>({
    ignoreHTTPSErrors: true,
    cleanTenant: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
      async ({}, use) => {
        await using tenant = await startTenant(options);
        await use({ tenant, clean: await tenant.snapshot() });
      },
      { scope: 'worker' },
    ],
    tenant: async ({ cleanTenant: { tenant, clean } }, use) => {
      await tenant.restore(clean);
      await use(tenant);
    },
    signIn: async ({ tenant, context }, use) => {
      await use(async (request) => {
        const login = await tenant.signIn(request);
        await context.addCookies([...login.cookies]);
        return login;
      });
    },
  });
}
