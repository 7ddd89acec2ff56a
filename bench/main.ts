// Ratios between measurements of one run on one machine. Figures of different machines cannot be compared.
// `npm run bench` takes some two minutes. docs/performance.md has the last figures.
import { startChild } from './child.ts';
import { completeLogin, loginsPerSecond, type Subject } from './complete-login.ts';
import { report } from './report.ts';
import { median, timed } from './statistics.ts';
import { startTenantSubject } from './tenant-subject.ts';

const ROUNDS = 5;
const LOGINS = 150;

interface BareReady {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

await startUp();
await throughput();
await actionCost();

async function startUp(): Promise<void> {
  const tenant: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    tenant.push(
      await timed(async () => {
        const child = await startChild<{ loopbackUrl: string }>('bin/portcullis.cjs', [
          'tenant',
          '--json',
          '--port',
          '0',
        ]);
        await discover(child.ready.loopbackUrl);
        return child;
      }, stopAfter),
    );
    bare.push(
      await timed(async () => {
        const child = await startChild<BareReady>('bench/bare-provider.ts');
        await discover(child.ready.url);
        return child;
      }, stopAfter),
    );
  }
  report('Start of the process to the first discovery answer', [
    ['bare oidc-provider', `${median(bare).toFixed(0)} ms`],
    ['tenant', `${median(tenant).toFixed(0)} ms`],
    ['ratio', (median(tenant) / median(bare)).toFixed(2)],
  ]);
}

/** The second yardstick checks a password as well: the hash is most of what a login costs. */
async function throughput(): Promise<void> {
  const bareChild = await startChild<BareReady>('bench/bare-provider.ts');
  const hashingChild = await startChild<BareReady>('bench/bare-provider.ts', ['--password']);
  const mockChild = await startChild<BareReady>('bench/mock-server.ts');
  const { subject: tenant, stop } = await startTenantSubject('policy');
  const [bare, hashing] = [bareChild, hashingChild].map(
    ({ ready }): Subject => ({
      ...ready,
      authorizationPath: 'auth',
      tokenPath: 'token',
      username: 'ann@elsewhere.example',
      password: 'whatever',
    }),
  );
  const credentials = { username: 'ann@elsewhere.example', password: 'whatever' };
  const mock: Subject = { ...mockChild.ready, ...credentials, authorizationPath: 'authorize', tokenPath: 'token' };
  if (bare === undefined || hashing === undefined) throw new Error('There is no yardstick.');
  for (const atATime of [1, 10]) {
    const figures = { bare: [] as number[], hashing: [] as number[], mock: [] as number[], tenant: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      figures.bare.push(await loginsPerSecond(bare, LOGINS, atATime));
      figures.tenant.push(await loginsPerSecond(tenant, LOGINS, atATime));
      figures.hashing.push(await loginsPerSecond(hashing, LOGINS, atATime));
      figures.mock.push(await loginsPerSecond(mock, LOGINS, atATime));
    }
    const ours = median(figures.tenant);
    report(`Complete logins, ${atATime} at a time`, [
      ['bare oidc-provider', `${median(figures.bare).toFixed(0)} / s`],
      ['bare oidc-provider that hashes the password', `${median(figures.hashing).toFixed(0)} / s`],
      ['oauth2-mock-server, which has no page', `${median(figures.mock).toFixed(0)} / s`],
      ['tenant', `${ours.toFixed(0)} / s`],
      ['ratio', (ours / median(figures.bare)).toFixed(2)],
      ['ratio to the one that hashes', (ours / median(figures.hashing)).toFixed(2)],
    ]);
  }
  await stop();
  await Promise.all([bareChild.stop(), hashingChild.stop(), mockChild.stop()]);
}

/** Each variant has its own tenant, and they take turns, so that a slow moment of the machine affects all of them. */
async function actionCost(): Promise<void> {
  const kinds = ['none', 'empty', 'policy'] as const;
  const tenants = await Promise.all(kinds.map((kind) => startTenantSubject(kind)));
  const times = kinds.map(() => [] as number[]);
  for (let login = 0; login < LOGINS * 2; login += 1) {
    for (const [index, { subject }] of tenants.entries()) {
      const milliseconds = await timed(() => completeLogin(subject));
      // The first logins run with cold sandboxes and cold code.
      if (login >= 20) times[index]?.push(milliseconds);
    }
  }
  await Promise.all(tenants.map(({ stop }) => stop()));
  const [none = 0, empty = 0, policy = 0] = times.map(median);
  report('A login of a returning visitor, by the Action that is bound', [
    ['no Action', `${none.toFixed(2)} ms`],
    ['empty Action', `${empty.toFixed(2)} ms`, `+ ${(empty - none).toFixed(2)} ms`],
    ["the policy's Action", `${policy.toFixed(2)} ms`, `+ ${(policy - none).toFixed(2)} ms`],
    ["ratio, the policy's to the empty one", (policy / empty).toFixed(2)],
  ]);
}

async function discover(url: string): Promise<void> {
  const answer = await fetch(`${url}.well-known/openid-configuration`);
  if (!answer.ok) throw new Error(`Discovery answered ${answer.status}.`);
  await answer.text();
}

async function stopAfter(child: { stop(): Promise<void> }): Promise<void> {
  await child.stop();
}
