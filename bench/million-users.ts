// Impact over a million users, by short fields and by twenty rules, compared with only reading and parsing the same export. Each runs in its own process, to measure its memory.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';
import { measureImpact } from '../src/deployment/impact/measure-impact.ts';
import { readExportedUsers } from '../src/deployment/people/read-exported-users.ts';
import { RoleHolders } from '../src/deployment/people/role-holders.ts';
import type { Policy } from '../src/policy/policy.ts';
import { startChild } from './child.ts';
import { report } from './report.ts';
import { median } from './statistics.ts';

const USERS = 1_000_000;
const ROUNDS = 3;

const before: Policy = {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/refused',
  defaultRole: 'APEX User',
  organizationPrefix: 'ORG:',
  organizations: [{ role: 'ORG:WATER', domains: ['domain-7.example'], includeSubdomains: false }],
  unverifiedEmail: 'refuse',
  onFailure: 'refuse',
};
const { defaultRole: _, ...after } = before;

const numbers = (count: number) => Array.from({ length: count }, (_value, index) => index);

/** Twenty rules, among them one of the 2,000 addresses of two companies. */
const ruled: Policy = {
  ...after,
  refuse: [
    ...numbers(4).map((one) => ({ rule: `closed ${one}`, when: { emailDomain: [`domain-${one}.example`] } })),
    { rule: 'suspended', when: { appMetadata: { suspended: [true] } } },
    { rule: 'office', when: { emailDomain: ['domain-500.example'], not: [{ network: ['192.0.2.0/24'] }] } },
  ],
  admit: [
    {
      rule: 'list',
      when: {
        email: [40, 41].flatMap((domain) =>
          numbers(1000).map((one) => `user-${domain + one * 997}@domain-${domain}.example`),
        ),
      },
      roles: ['Listed'],
    },
    { rule: 'directory', when: { connection: ['water-adfs'], emailDomain: ['domain-8.example'] }, roles: ['Staff'] },
    { rule: 'personnel', when: { appMetadata: { 'work.department': ['personnel'] } }, roles: ['HR User'] },
    {
      rule: 'auditors',
      when: { emailDomain: ['domain-9.example'], until: '2027-04-01T00:00:00.000Z' },
      roles: ['Auditor'],
    },
    { rule: 'administrators', when: { role: ['APEX Admin'] }, roles: [], mfa: true },
    ...numbers(9).map((one) => ({
      rule: `company ${one}`,
      when: { emailDomain: [`domain-${20 + one}.example`, `*.domain-${20 + one}.example`] },
      roles: [`Company ${one}`],
    })),
  ],
  otherwise: { roles: ['Guest'] },
};

interface Figures {
  readonly milliseconds: number;
  /** Milliseconds of all threads: other work on the machine hardly changes it. */
  readonly processor: number;
  /** Peak, in megabytes. */
  readonly memory: number;
  readonly counted: number;
  /** Milliseconds spent on storing the holders of each role. */
  readonly table: number;
}

type Task = 'read' | 'impact' | 'rules';

/** Creates the exports and measures each in turns. */
export async function measureMillionUsers(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-users-'));
  try {
    await measure(join(folder, 'users.ndjson.gz'), 'impact', 'short fields');
    await measure(
      join(folder, 'users-with-identities.ndjson.gz'),
      'rules',
      '20 rules, with connections and app_metadata',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(file: string, task: Task, title: string): Promise<void> {
  await pipeline(Readable.from(lines(task)), createGzip(), createWriteStream(file));
  const tasks = ['read', task] as const;
  const found = new Map<Task, Figures[]>(tasks.map((one) => [one, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of tasks) {
      const child = await startChild<Figures>('bench/million-users.ts', [one, file]);
      if (child.ready.counted !== USERS) throw new Error(`Only ${child.ready.counted} were counted.`);
      found.get(one)?.push(child.ready);
    }
  }
  const middle = (one: Task, of: keyof Figures) => median((found.get(one) ?? []).map((figures) => figures[of]));
  const ratio = (of: 'milliseconds' | 'processor') => (middle(task, of) / middle('read', of)).toFixed(2);
  const row = (one: Task) => [
    `${middle(one, 'milliseconds').toFixed(0)} ms`,
    `${middle(one, 'processor').toFixed(0)} ms of the processor`,
    `${middle(one, 'memory')} MB`,
  ];
  report(`1,000,000 exported users, 300,000 of them with a role: ${title}`, [
    ['reading and parsing', ...row('read')],
    ['impact', ...row(task)],
    ['keeping 300,000 holders of roles', `${middle(task, 'table').toFixed(0)} ms`],
    ['ratio', ratio('milliseconds'), ratio('processor')],
  ]);
}

function* lines(task: Task): Generator<string> {
  for (let at = 0; at < USERS; at += 1000) {
    let chunk = '';
    for (let number = at; number < at + 1000; number += 1) {
      const user = {
        user_id: createUserId(number),
        email: `user-${number}@domain-${number % 997}.example`,
        email_verified: number % 10 > 0,
        ...(task === 'rules' ? directoryOf(number) : {}),
      };
      chunk += `${JSON.stringify(user)}\n`;
    }
    yield chunk;
  }
}

function directoryOf(number: number) {
  const connection = number % 3 === 0 ? 'water-adfs' : 'Username-Password-Authentication';
  const identity = { connection, provider: 'auth0', user_id: createUserId(number).slice(6), isSocial: false };
  const metadata = number % 5 === 0 ? { work: { department: number % 25 === 0 ? 'personnel' : 'sales' } } : {};
  return { identities: [identity], app_metadata: metadata };
}

/** As random as Auth0's ids, so that they do not compress away. */
function createUserId(number: number): string {
  return `auth0|${createHash('md5').update(String(number)).digest('hex').slice(0, 24)}`;
}

async function read(file: string): Promise<number> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let count = 0;
  for await (const chunk of createReadStream(file).pipe(createGunzip())) {
    const whole = (rest + decoder.write(chunk)).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) if (JSON.parse(line).user_id !== undefined) count += 1;
  }
  return count;
}

/** The holders come from the pages of the roles' members, not from the export. Storing them is measured separately. */
function roleHolders(): { readonly holders: RoleHolders; readonly table: number } {
  const holders = new RoleHolders();
  let table = 0;
  // Some thousands of users at a time, so that their ids do not fill the measured memory.
  for (let at = 0; at < USERS; at += 10_000) {
    const ids = Array.from({ length: 3000 }, (_, index) => createUserId(at + Math.floor(index / 3) * 10 + (index % 3)));
    const begun = performance.now();
    for (const [index, id] of ids.entries()) holders.add(id, index % 3 === 0 ? 'ORG:WATER' : 'APEX User');
    table += performance.now() - begun;
  }
  return { holders, table };
}

async function impact(file: string, holders: RoleHolders, policy: Policy): Promise<number> {
  const people = { holders, users: () => readExportedUsers(file) };
  return (await measureImpact(people, [{ applications: ['APEX'], before, after: policy }])).people;
}

if (import.meta.main) {
  const [, , what, file = ''] = process.argv;
  const { holders, table } = what === 'read' ? { holders: new RoleHolders(), table: 0 } : roleHolders();
  const begun = performance.now();
  const usage = process.cpuUsage();
  const counted = await (what === 'read' ? read(file) : impact(file, holders, what === 'rules' ? ruled : after));
  const milliseconds = performance.now() - begun;
  const { user, system } = process.cpuUsage(usage);
  // In kilobytes, as Node.js documents it.
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ milliseconds, processor: (user + system) / 1000, memory, counted, table }));
}
