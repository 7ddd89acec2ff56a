// An empty project in which the commands of a document are typed.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { type EndedAtTerminal, type TerminalSession, typeLine } from './at-terminal.ts';
import { writeEnvironmentFile } from './environment-file.ts';
import type { InstalledPackage } from './installed-package.ts';

/** A project, and the tenant that its commands work on. */
export interface Project {
  readonly folder: string;
  /** The origin of pages that are public, in place of APEX's. */
  readonly pages: string;
  /** Starts a tenant that stands in for the real one, and names it in `.env`. */
  useTenant(): Promise<LocalTenant>;
  start(line: string): TerminalSession;
  /** Types a line and waits for its end. */
  type(line: string): Promise<EndedAtTerminal>;
  close(): Promise<void>;
}

/** Creates an empty project for a document, below the folder of the package. */
export async function openProject(document: string, { folder: root, env }: InstalledPackage): Promise<Project> {
  const folder = join(root, document.replace(/\.md$/, '').replaceAll('/', '-'));
  mkdirSync(folder);
  const server = createServer((_, response) => response.end('public')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  let local: LocalTenant | undefined;
  const start = (line: string) => typeLine(withFreePorts(line), { cwd: folder, env });
  return {
    folder,
    pages: `http://localhost:${(server.address() as AddressInfo).port}`,
    async useTenant() {
      local ??= await startLocalTenant();
      writeEnvironmentFile(folder, local.tenant);
      return local;
    },
    start,
    type: (line) => start(line).ended,
    async close() {
      server.close();
      await local?.tenant.close();
    },
  };
}

/** Other programs of this machine may use the ports that `dev` and `tenant` have by default. */
function withFreePorts(line: string): string {
  if (/^npx portcullis tenant\b(?! export)/.test(line)) return `${line} --port 0 --http-port 0`;
  const runsOn = /^npx portcullis dev\b(?!.*--once)/.test(line);
  return runsOn ? `${line} --port 0 --http-port 0 --app-port 0` : line;
}
