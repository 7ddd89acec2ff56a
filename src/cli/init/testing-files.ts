/** A runner that `init --testing` writes an example for. */
export type TestRunner = 'vitest' | 'jest' | 'playwright' | 'node';

/** The example for a runner. */
interface RunnerExample {
  /** The package whose presence in package.json says that the project uses the runner. */
  readonly package: string | undefined;
  readonly file: string;
  readonly content: string;
  /** The command that runs the example, as a script of package.json. */
  readonly command: string;
}

const USERS = "users: [{ email: 'una@example.com', password: 'Open-1-gate' }]";
const SEED_FILE = 'auth0/tenant.yaml';

/** The examples, in the order in which the runners are looked for. */
export const RUNNERS: Readonly<Record<TestRunner, RunnerExample>> = {
  vitest: {
    package: 'vitest',
    file: 'test/sign-in.test.mjs',
    command: 'vitest run',
    content: `import { expect } from 'vitest';
import { tenantTest } from 'portcullis/vitest';

// The tenant starts with the first test, and is as it was at its start for each.
const test = tenantTest({ seed: 'auth0', ${USERS} });

test('Una signs in', async ({ tenant }) => {
  const una = await tenant.signIn({ user: 'una@example.com' });
  expect(una).toBeAdmitted();
  expect(una.claims.email).toBe('una@example.com');
});

test('a session ends when it is not used', async ({ tenant }) => {
  const una = await tenant.signIn({ user: 'una@example.com' });
  await tenant.clock.advance({ days: 31 });
  expect(await tenant.signIn({ user: una })).toBeRefused('login_required');
});
`,
  },
  jest: {
    package: 'jest',
    file: 'test/sign-in.test.js',
    command: 'jest',
    content: `const { matchers, startTenant } = require('portcullis/testing');

expect.extend(matchers);

let tenant;
let clean;
beforeAll(async () => {
  tenant = await startTenant({ seed: 'auth0', ${USERS} });
  clean = await tenant.snapshot();
});
// Each test has the tenant as it was at its start.
beforeEach(() => tenant.restore(clean));
afterAll(() => tenant?.stop());

test('Una signs in', async () => {
  const una = await tenant.signIn({ user: 'una@example.com' });
  expect(una).toBeAdmitted();
  expect(una.claims.email).toBe('una@example.com');
});

test('a session ends when it is not used', async () => {
  const una = await tenant.signIn({ user: 'una@example.com' });
  await tenant.clock.advance({ days: 31 });
  expect(await tenant.signIn({ user: una })).toBeRefused('login_required');
});
`,
  },
  playwright: {
    package: '@playwright/test',
    file: 'e2e/sign-in.spec.mjs',
    command: 'playwright test',
    content: `import { expect, tenantTest } from 'portcullis/playwright';

// Each worker has a tenant, and each test has it as it was at its start.
const test = tenantTest({ seed: 'auth0', ${USERS} });

test('Una types her password', async ({ page, tenant }) => {
  const request = new URL('authorize', tenant.url);
  request.search = new URLSearchParams({
    client_id: tenant.env.AUTH0_CLIENT_ID,
    response_type: 'code',
    redirect_uri: tenant.env.AUTH0_CALLBACK_URL,
    scope: 'openid',
  }).toString();
  await page.goto(request.href);
  await page.locator('input[name=username]').fill('una@example.com');
  await page.locator('input[name=password]').fill('Open-1-gate');
  // The request that your application gets. It need not run for this test.
  const callback = page.waitForRequest((sent) => sent.url().startsWith(tenant.env.AUTH0_CALLBACK_URL));
  await page.locator('input[name=password]').press('Enter');
  expect(new URL((await callback).url()).searchParams.get('code')).toBeTruthy();
});
`,
  },
  node: {
    package: undefined,
    file: 'test/sign-in.test.mjs',
    command: 'node --test',
    content: `import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startTenant } from 'portcullis/testing';

let tenant;
let clean;
before(async () => {
  tenant = await startTenant({ seed: 'auth0', ${USERS} });
  clean = await tenant.snapshot();
});
// Each test has the tenant as it was at its start.
beforeEach(() => tenant.restore(clean));
after(() => tenant?.stop());

test('Una signs in', async () => {
  const una = await tenant.signIn({ user: 'una@example.com' });
  assert.equal(una.denied, undefined);
  assert.equal(una.claims.email, 'una@example.com');
});

test('a session ends when it is not used', async () => {
  const una = await tenant.signIn({ user: 'una@example.com' });
  await tenant.clock.advance({ days: 31 });
  const again = await tenant.signIn({ user: una });
  assert.equal(again.denied?.error, 'login_required');
});
`,
  },
};

const SEED = `# The tenant of the tests, in the format of Auth0's deploy CLI. To take your own tenant instead:
#   npx auth0-deploy-cli export --format yaml --output_folder auth0
clients:
  - name: Web
    app_type: regular_web
    callbacks: [http://localhost:3000/callback, http://localhost:3000/auth/callback]
    allowed_logout_urls: [http://localhost:3000]
    web_origins: [http://localhost:3000]
resourceServers:
  - name: API
    identifier: https://api.example.com
    scopes: [{ value: read:orders, description: Read orders }]
roles:
  - { name: Reader, description: Reads }
`;

/**
 * The runner that a project uses: the first of those that its package.json has, or Node's own.
 *
 * @example detectRunner({ devDependencies: { vitest: '5.1.1' } }) // 'vitest'
 */
export function detectRunner(manifest: Readonly<Record<string, unknown>>): TestRunner {
  const packages = new Set(
    ['dependencies', 'devDependencies'].flatMap((name) => Object.keys((manifest[name] as object | undefined) ?? {})),
  );
  const [found] = Object.entries(RUNNERS).find(([, runner]) => packages.has(runner.package ?? '')) ?? [];
  return (found as TestRunner | undefined) ?? 'node';
}

/**
 * The files of an example: the test and the seed.
 *
 * @example testingFiles('node', {}) // [{ path: 'auth0/tenant.yaml', … }, { path: 'test/sign-in.test.mjs', … }]
 */
export function testingFiles(
  runner: TestRunner,
  { type }: Readonly<Record<string, unknown>>,
): readonly { readonly path: string; readonly content: string }[] {
  const { file, content } = RUNNERS[runner];
  return [
    { path: SEED_FILE, content: SEED },
    // Jest before version 30 looks for no `.cjs`, so only a package of ES modules gets one.
    { path: type === 'module' ? file.replace(/\.js$/, '.cjs') : file, content },
  ];
}

/**
 * The scripts that package.json lacks: one for the tests, unless it runs the runner already, and one that starts the tenant by hand.
 *
 * @example missingScripts({}, 'node') // { test: 'node --test', tenant: 'portcullis tenant --seed auth0' }
 */
export function missingScripts(
  manifest: Readonly<Record<string, unknown>>,
  runner: TestRunner,
): Readonly<Record<string, string>> {
  const scripts = (manifest.scripts ?? {}) as Readonly<Record<string, string>>;
  const { command } = RUNNERS[runner];
  const [program = ''] = command.split(' ');
  // The script that `npm init` writes.
  const isFree = scripts.test === undefined || /no test specified/.test(scripts.test);
  const isRun = Object.values(scripts).some((script) => new RegExp(`\\b${program}\\b`).test(script));
  const test = isFree
    ? { test: command }
    : isRun || scripts['test:tenant'] !== undefined
      ? {}
      : { 'test:tenant': command };
  return { ...test, ...(scripts.tenant === undefined && { tenant: 'portcullis tenant --seed auth0' }) };
}
