// A tenant inside a test: ratios to a bare `oidc-provider`, measured in one run on one machine. `npm run bench:testing`.
// It measures the JavaScript of the package, as tests of its users load it: `npm run build` makes that.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type * as Testing from '../src/testing/start-test-tenant.ts';
import { report } from './report.ts';
import { median } from './statistics.ts';

const cwd = fileURLToPath(new URL('../', import.meta.url));
execFileSync('npm', ['run', '--silent', 'build'], { cwd, stdio: 'inherit' });
const ENTRY = new URL('../dist/testing/start-test-tenant.js', import.meta.url).href;

const ROUNDS = 7;
const TENANTS = 10;
const RESTORES = 20;
const LOGINS = 30;

const { startTenant }: typeof Testing = await import(ENTRY);

const { bare, first, second } = measureStarts();
const lines = [
  ['first startTenant() of a process', ratio(first), 'wanted 1.20'],
  ['the second one, to the first', (second / first).toFixed(3), 'wanted 0.15'],
];

const further: number[] = [];
for (let round = 0; round < TENANTS; round += 1) {
  const began = performance.now();
  const tenant = await startTenant();
  further.push(performance.now() - began);
  await tenant.stop();
}
// 60 ms on a machine where bare takes 220.
lines.push(['a further startTenant()', ratio(median(further)), 'wanted 0.27']);

const clients = Array.from({ length: 50 }, (_, index) => ({
  name: `App ${index}`,
  callbacks: ['https://app.example.com/'],
}));
const users = Array.from({ length: 1000 }, (_, index) => ({
  email: `user-${index}@example.com`,
  password: 'Open-1-gate',
}));
await using tenant = await startTenant({ seed: { clients }, users });
const clean = await tenant.snapshot();
const restores: number[] = [];
const logins: number[] = [];
for (let round = 0; round < RESTORES; round += 1) {
  await tenant.signIn({ user: `user-${round}@example.com` });
  const began = performance.now();
  await tenant.restore(clean);
  restores.push(performance.now() - began);
}
lines.push(['restore, 50 applications, 1,000 users', ratio(median(restores)), 'wanted 0.07']);
for (let round = 0; round < LOGINS; round += 1) {
  const began = performance.now();
  await tenant.signIn({ user: 'user-1@example.com' });
  logins.push(performance.now() - began);
}
lines.push(['signIn', ratio(median(logins))]);
report('A tenant inside a test, to the time in which bare oidc-provider is imported and serves', lines);

function ratio(milliseconds: number): string {
  return (milliseconds / bare).toFixed(3);
}

/** Milliseconds that each takes in a process of its own, taken in turns. */
function measureStarts(): Readonly<Record<'bare' | 'first' | 'second', number>> {
  const provider = `const { default: Provider } = await import('oidc-provider');
    const { createServer } = await import('node:http');
    const server = createServer(new Provider('http://localhost:3999', {}).callback());
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    await (await fetch('http://127.0.0.1:' + server.address().port + '/.well-known/openid-configuration')).text();
    server.close();`;
  const start = (name: string) => `const ${name} = await startTenant();
    await (await fetch(${name}.httpUrl + '.well-known/openid-configuration')).text();`;
  const library = `const { startTenant } = await import('${ENTRY}');`;
  const times = { bare: [] as number[], first: [] as number[], second: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.bare.push(timeOf('', provider, ''));
    times.first.push(timeOf('', `${library} ${start('one')}`, 'await one.stop();'));
    const stop = 'await one.stop(); await two.stop();';
    times.second.push(timeOf(`${library} ${start('one')}`, start('two'), stop));
  }
  return { bare: median(times.bare), first: median(times.first), second: median(times.second) };
}

function timeOf(before: string, work: string, after: string): number {
  const script = `${before} const began = performance.now(); ${work} console.log(performance.now() - began); ${after} process.exit();`;
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
  const output = execFileSync(process.execPath, options, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return Number(output.trim().split('\n').at(-1));
}
