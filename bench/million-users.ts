// Impact over a million users, compared with only reading and parsing the same export. Each runs in its own process, to measure its memory.
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

interface Figures {
  readonly milliseconds: number;
  /** Peak, in megabytes. */
  readonly memory: number;
  readonly counted: number;
  /** Milliseconds spent on storing the holders of each role. */
  readonly table: number;
}

/** Creates the export and measures both in turns. */
export async function measureMillionUsers(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-users-'));
  try {
    const file = join(folder, 'users.ndjson.gz');
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file));
    const found: Record<'read' | 'impact', Figures[]> = { read: [], impact: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const what of ['read', 'impact'] as const) {
        const child = await startChild<Figures>('bench/million-users.ts', [what, file]);
        if (child.ready.counted !== USERS) throw new Error(`Only ${child.ready.counted} were counted.`);
        found[what].push(child.ready);
      }
    }
    const middle = (what: 'read' | 'impact', of: 'milliseconds' | 'memory' | 'table') =>
      median(found[what].map((one) => one[of]));
    report('1,000,000 exported users, 300,000 of them with a role', [
      ['reading and parsing', `${middle('read', 'milliseconds').toFixed(0)} ms`, `${middle('read', 'memory')} MB`],
      ['impact', `${middle('impact', 'milliseconds').toFixed(0)} ms`, `${middle('impact', 'memory')} MB`],
      ['keeping 300,000 holders of roles', `${middle('impact', 'table').toFixed(0)} ms`],
      ['ratio', (middle('impact', 'milliseconds') / middle('read', 'milliseconds')).toFixed(2)],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function* lines(): Generator<string> {
  for (let at = 0; at < USERS; at += 1000) {
    let chunk = '';
    for (let number = at; number < at + 1000; number += 1) {
      const user = {
        user_id: createUserId(number),
        email: `user-${number}@domain-${number % 997}.example`,
        email_verified: number % 10 > 0,
      };
      chunk += `${JSON.stringify(user)}\n`;
    }
    yield chunk;
  }
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

async function impact(file: string, holders: RoleHolders): Promise<number> {
  const people = { holders, users: () => readExportedUsers(file) };
  return (await measureImpact(people, [{ applications: ['APEX'], before, after }])).people;
}

if (import.meta.main) {
  const [, , what, file = ''] = process.argv;
  const { holders, table } = what === 'impact' ? roleHolders() : { holders: new RoleHolders(), table: 0 };
  const begun = performance.now();
  const counted = await (what === 'impact' ? impact(file, holders) : read(file));
  const milliseconds = performance.now() - begun;
  // In kilobytes, as Node.js documents it.
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ milliseconds, memory, counted, table }));
}
