// Cost of a hundred thousand users with a million role assignments, compared with a hundred users: requests per second and start-up.
// Both tenants run all the time and take turns. The client is this process. `npm run bench` runs it too.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { fillStore, roleId, userId } from './fill-store.ts';
import { report } from './report.ts';
import { median, timed } from './statistics.ts';

const ROUNDS = 9;
const REQUESTS = 300;
const LARGE = { users: 100_000, roles: 1000 };
/** The same number of roles, so that a page of roles has the same length. */
const SMALL = { users: 100, roles: 1000 };

interface Ready {
  readonly loopbackUrl: string;
  readonly management: { readonly clientId: string; readonly clientSecret: string; readonly audience: string };
}

interface Subject {
  readonly base: string;
  readonly token: string;
  readonly users: number;
  readonly roles: number;
}

const requests: Record<string, (subject: Subject, turn: number) => Promise<Response>> = {
  'GET /users': (subject) => send(subject, 'GET', '/users'),
  'GET /users, include_totals': (subject) => send(subject, 'GET', '/users?include_totals=true'),
  'GET /roles': (subject) => send(subject, 'GET', '/roles'),
  'GET /roles, include_totals': (subject) => send(subject, 'GET', '/roles?include_totals=true'),
  'POST /roles/{id}/users': (subject, turn) =>
    send(subject, 'POST', `/roles/${roleId((turn * 37 + Math.floor(turn / 1000)) % subject.roles)}/users`, {
      users: [userId((turn * 7919) % subject.users)],
    }),
};

const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'));
try {
  const folders = { small: join(folder, 'small'), large: join(folder, 'large') };
  fillStore(folders.small, SMALL);
  fillStore(folders.large, LARGE);
  await throughput(folders);
  await startUp(folders.large);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function throughput(folders: { small: string; large: string }): Promise<void> {
  const children = { small: await startTenant(folders.small), large: await startTenant(folders.large) };
  const small = await createSubject(children.small.ready, SMALL);
  const large = await createSubject(children.large.ready, LARGE);
  let turn = 0;
  const perSecond = async (subject: Subject, request: (typeof requests)[string]) => {
    const milliseconds = await timed(async () => {
      for (let count = 0; count < REQUESTS; count += 1) {
        turn += 1;
        const answer = await request(subject, turn);
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
        await answer.arrayBuffer();
      }
    });
    return (REQUESTS * 1000) / milliseconds;
  };
  const lines: string[][] = [];
  for (const [name, request] of Object.entries(requests)) {
    await perSecond(small, request);
    await perSecond(large, request);
    const figures = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      // The second measurement meets a different machine state than the first, so the order alternates.
      const order = round % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const);
      for (const one of order) figures[one].push(await perSecond(one === 'small' ? small : large, request));
    }
    const [few, many] = [median(figures.small), median(figures.large)];
    lines.push([name, `${few.toFixed(0)} / s`, `${many.toFixed(0)} / s`, `ratio ${(many / few).toFixed(2)}`]);
  }
  report('Requests one after another: 100 users, then 100,000 users with 1,000,000 role assignments', lines);
  await children.small.stop();
  await children.large.stop();
}

async function startUp(large: string): Promise<void> {
  const figures = { empty: [] as number[], large: [] as number[] };
  // A start before the measured ones: a folder gets its certificates and keys when it is first used.
  const empty = join(folder, 'empty');
  await (await startTenant(empty)).stop();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, path] of [
      ['empty', empty],
      ['large', large],
    ] as const) {
      const start = async () => {
        const child = await startTenant(path);
        await (await fetch(`${child.ready.loopbackUrl}.well-known/openid-configuration`)).text();
        return child;
      };
      figures[name].push(await timed(start, (child) => child.stop()));
    }
  }
  const [none, many] = [median(figures.empty), median(figures.large)];
  report('Start of the process to the first discovery answer, on a data folder', [
    ['empty', `${none.toFixed(0)} ms`],
    ['100,000 users', `${many.toFixed(0)} ms`],
    ['ratio', (many / none).toFixed(2)],
  ]);
}

function startTenant(data: string): Promise<Child<Ready>> {
  return startChild('bin/portcullis.cjs', ['tenant', '--json', '--port', '0', '--data', data]);
}

async function createSubject({ loopbackUrl, management }: Ready, size: typeof LARGE): Promise<Subject> {
  const answer = await fetch(`${loopbackUrl}oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: management.clientId,
      client_secret: management.clientSecret,
      audience: management.audience,
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return { ...size, base: `${loopbackUrl}api/v2`, token: access_token };
}

function send({ base, token }: Subject, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
