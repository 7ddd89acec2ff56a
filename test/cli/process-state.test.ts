// Commands that run in another process leave nothing behind in it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, start } from './command-line.ts';

/** Removes white space, since Node breaks the lines of a certificate differently when it is set. */
const keyOf = (pem: string) => pem.replaceAll(/\s/g, '');
const certificates = () => new Set(getCACertificates('default').map(keyOf));

/** Everything in a process that a command could change for others. */
function processState() {
  return {
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
    output: [process.stdin, process.stdout, process.stderr].map((stream) =>
      stream.eventNames().map((name) => [String(name), stream.listenerCount(name)]),
    ),
    environment: { ...process.env },
    folder: process.cwd(),
    exitCode: process.exitCode,
    certificates: certificates(),
  };
}

describe('a command in another process', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-state-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves signals, outputs, environment, folder, exit status and certificates as they were', async () => {
    const before = processState();
    const dev = start(['dev', '--json', '--port', '0', '--http-port', '0', '--app-port', '0'], { cwd: folder });
    const { tenant } = JSON.parse(await dev.line(/"event":"ready"/));
    // A tenant that another file left running in this process may have the same authority.
    const authority = keyOf(readFileSync(tenant.caFile, 'utf8'));
    const trusted = new Set([...before.certificates, authority]);
    expect(certificates()).toEqual(trusted);
    writeFileSync(join(folder, '.env'), `AUTH0_ACCESS_TOKEN=none\nNODE_EXTRA_CA_CERTS=${tenant.caFile}\n`);
    // A second command beside it trusts the same certificate, and the first still trusts it afterwards.
    const logs = await run(['logs', '--json'], { cwd: folder, environment: { AUTH0_DOMAIN: tenant.domain } });
    expect(logs.status).toBe(2);
    expect(logs.stderr).toContain('[tenant_refused]');
    expect(certificates()).toEqual(trusted);
    await dev.signal('SIGINT');
    expect((await dev.ended).status).toBe(130);
    expect(processState()).toEqual(before);
    expect(readdirSync(folder)).toEqual(['.env']);
  });

  it('ends at once with 130 if Ctrl-C comes while it starts', async () => {
    const dev = start(['dev', '--json', '--port', '0', '--http-port', '0', '--app-port', '0'], { cwd: folder });
    await dev.signal('SIGINT');
    expect(await dev.ended).toMatchObject({ status: 130, stdout: '', stderr: '' });
  });
});
