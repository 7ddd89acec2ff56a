import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { reportLine } from './fuzz-tally.ts';
import { type Send, type SentWrite, writeUntilKilled } from './kill-writes.ts';
import { endKilledTenants, type KilledTenant, startKilledTenant } from './killed-tenant.ts';

/** A first start writes too: after this many kills the next run starts with an empty folder. */
const KILLS_PER_FOLDER = 8;

const folder = mkdtempSync(join(tmpdir(), 'portcullis-kill-'));

/**
 * Declares the test that kills a tenant at places drawn from a seed, and checks the data after each kill.
 *
 * @param seed repeats the places
 */
export function describeKills({ seed, kills }: { readonly seed: number; readonly kills: number }): void {
  afterAll(() => {
    endKilledTenants();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`loses no write and stores none in part when it is killed (KILL_SEED=${seed})`, {
    timeout: kills * 60_000,
  }, async () => {
    const random = randomNumbers(seed);
    const whole = join(folder, 'whole');
    const places = {
      first: await countStatements(whole, 'one'),
      later: await countStatements(whole, 'two'),
    };
    const tally = { killed: 0, starting: 0, writes: 0, unanswered: { all: 0, none: 0 } };
    let data = '';
    for (let run = 0; tally.killed < kills; run += 1) {
      const isFirst = tally.killed % KILLS_PER_FOLDER === 0;
      if (isFirst) data = join(folder, `data-${run}`);
      const tenant = await startKilledTenant(data, 1 + Math.floor(random() * (isFirst ? places.first : places.later)));
      const { sent, survived } = await work(tenant, `r${run}`);
      if (survived) {
        await tenant.stop();
        continue;
      }
      expect(await tenant.ended).toBe('SIGKILL');
      tally.killed += 1;
      tally.writes += sent.length;
      if (tenant.ready === undefined) tally.starting += 1;
      for (const extent of checkExtents(data, sent)) tally.unanswered[extent] += 1;
    }
    // After the last kill, the tenant starts on its data and works.
    const tenant = await startKilledTenant(data, 0);
    expect((await work(tenant, 'last')).survived).toBe(true);
    await tenant.stop();
    const { all, none } = tally.unanswered;
    reportLine(
      `Kill test: seed ${seed}, ${places.first} places in a first run and ${places.later} in a later one, ${tally.killed} kills and as many recoveries ` +
        `(${tally.starting} while starting), ${tally.writes} writes sent, ${all + none} without an answer ` +
        `(${all} stored completely, ${none} not at all), none stored in part`,
    );
  });
}

/** The number of places where a tenant can be killed, including its start. */
async function countStatements(data: string, name: string): Promise<number> {
  const file = join(folder, 'count');
  const tenant = await startKilledTenant(data, 0, file);
  const { survived } = await work(tenant, name);
  await tenant.stop();
  expect(survived).toBe(true);
  expect(checkExtents(data, [])).toEqual([]);
  return Number(readFileSync(file, 'utf8'));
}

async function work({ ready }: KilledTenant, run: string): Promise<{ sent: SentWrite[]; survived: boolean }> {
  if (ready === undefined) return { sent: [], survived: false };
  let token = '';
  const send: Send = async (method, path, body) => {
    const answer = await fetch(new URL(path, ready.loopbackUrl), {
      method,
      headers: { 'content-type': 'application/json', ...(token !== '' && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} (${run}): ${answer.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
  const { clientId: client_id, clientSecret: client_secret, audience } = ready.management;
  try {
    const granted = await send('POST', '/oauth/token', {
      grant_type: 'client_credentials',
      client_id,
      client_secret,
      audience,
    });
    token = String(granted.access_token);
  } catch (error) {
    if (error instanceof TypeError) return { sent: [], survived: false };
    throw error;
  }
  return writeUntilKilled(send, run);
}

/** Checks the data after a kill. Returns how much of the write in progress was stored. */
function checkExtents(dataFolder: string, sent: readonly SentWrite[]): ('all' | 'none')[] {
  const data = new DatabaseSync(join(dataFolder, 'tenant.sqlite'));
  try {
    expect(data.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(data.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    if (sent.length === 0) return [];
    for (const [rule, sql] of Object.entries(brokenRules)) expect(data.prepare(sql).all(), rule).toEqual([]);
    return sent.slice(-1).flatMap((write) => {
      const extent = write.extent(data);
      expect(extent, write.name).not.toBe('half');
      if (write.answered) expect(extent, `${write.name}, answered`).toBe('all');
      return write.answered || extent === 'half' ? [] : [extent];
    });
  } finally {
    data.close();
  }
}

/** Queries that must find nothing, whatever was written. */
const brokenRules: Record<string, string> = {
  'a user has each identity as a row': `SELECT user_id FROM users WHERE json_array_length(record, '$.identities') <>
    (SELECT count(*) FROM user_identities WHERE user_sequence = sequence)`,
  'a user of a database connection has a password': `SELECT user_id FROM users WHERE user_id LIKE 'auth0|%'
    AND sequence NOT IN (SELECT user_sequence FROM user_passwords)`,
  'a deployed version exists': `SELECT id FROM actions WHERE json_extract(record, '$.deployed_version_id') IS NOT NULL
    AND json_extract(record, '$.deployed_version_id') NOT IN (SELECT id FROM action_versions)`,
  'a version is the deployed one or an older one': `SELECT id FROM action_versions WHERE action_id NOT IN
    (SELECT id FROM actions WHERE json_extract(record, '$.deployed_version_id') IS NOT NULL)`,
  'the bindings of a trigger have no gap': `SELECT trigger_id FROM bindings GROUP BY trigger_id
    HAVING max(position) <> count(*) - 1`,
  'an application is enabled in every connection': `SELECT name FROM clients WHERE name LIKE 'App %' AND
    (SELECT count(*) FROM connection_clients WHERE client_id = clients.client_id) <> (SELECT count(*) FROM connections)`,
};

/** Mulberry32: the same seed gives the same numbers. */
function randomNumbers(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
