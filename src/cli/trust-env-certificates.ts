import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { Problem } from '../problem/problem.ts';
import type { Terminal } from './terminal.ts';

/**
 * Trusts the certificates that `NODE_EXTRA_CA_CERTS` in `.env` names. Node reads the variable of the environment itself,
 * but not the `.env` file. The file in `.env` may be a different one, a company's for example.
 *
 * @throws {Problem} `certificates_unreadable`
 */
export function trustCertificatesOfEnvFile({ folder, trustCertificates: trust }: Terminal): void {
  let file: string | undefined;
  try {
    file = parseEnv(readFileSync(resolve(folder, '.env'), 'utf8')).NODE_EXTRA_CA_CERTS;
  } catch {
    // An unreadable .env is reported when the credentials are read, if it is needed.
    return;
  }
  if (!file) return;
  const path = resolve(folder, file);
  try {
    trust(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Problem(
      'certificates_unreadable',
      `NODE_EXTRA_CA_CERTS in .env names ${path}, which cannot be used.`,
      undefined,
      { cause: error },
    );
  }
}
