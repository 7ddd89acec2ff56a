// A hundred thousand logins in a row: memory, descriptors and processes that a tenant and its sandboxes keep.
// `npm run bench:logins [COUNT]`; Linux only, since it reads /proc.
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loginsPerSecond } from './complete-login.ts';
import { startTenantSubject } from './tenant-subject.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const SAMPLES = 10;
const ACTIONS = 5;

interface Sample {
  readonly logins: number;
  readonly perSecond: number;
  /** Megabytes. */
  readonly tenant: number;
  readonly sandboxes: number;
  readonly descriptors: number;
  readonly processes: number;
}

const folder = mkdtempSync(join(tmpdir(), 'bench-logins-'));
const { subject, pid, stop } = await startTenantSubject('empty', { count: ACTIONS, dataFolder: folder });
console.log(`\n${COUNT} complete logins with ${ACTIONS} Actions, ten at a time; everything kept in a data folder`);
console.log('  logins    / s   tenant MB   sandboxes MB   descriptors   processes');
await loginsPerSecond(subject, 100, 10);
show(sample(0, Number.NaN));
const step = Math.ceil(COUNT / SAMPLES);
for (let logins = step; logins <= COUNT; logins += step) show(sample(logins, await loginsPerSecond(subject, step, 10)));
const children = listChildren(pid);
await stop();
const remaining = [pid, ...children].filter(isAlive);
console.log(`  processes that remain after the tenant has stopped: ${remaining.length}`);
rmSync(folder, { recursive: true, force: true });
if (remaining.length > 0) process.exitCode = 1;

function sample(logins: number, perSecond: number): Sample {
  const sandboxes = listChildren(pid);
  return {
    logins,
    perSecond,
    tenant: residentMegabytes(pid),
    sandboxes: sandboxes.reduce((sum, one) => sum + residentMegabytes(one), 0),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    processes: sandboxes.length,
  };
}

function show({ logins, perSecond, tenant, sandboxes, descriptors, processes }: Sample): void {
  const cells = [
    logins,
    Number.isNaN(perSecond) ? '-' : perSecond.toFixed(0),
    tenant.toFixed(0),
    sandboxes.toFixed(0),
    descriptors,
    processes,
  ];
  const widths = [8, 7, 12, 15, 14, 12];
  console.log(cells.map((cell, index) => String(cell).padStart(widths[index] ?? 0)).join(''));
}

function residentMegabytes(id: number): number {
  return (Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]) * 4096) / 1_000_000;
}

function listChildren(parent: number): number[] {
  return readdirSync(`/proc/${parent}/task`).flatMap((task) =>
    readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

function isAlive(id: number): boolean {
  try {
    readlinkSync(`/proc/${id}/exe`);
    return true;
  } catch {
    return false;
  }
}
