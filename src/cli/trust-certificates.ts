import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { parseEnv } from 'node:util';
import { CliError } from './cli-error.ts';

/**
 * Trusts a certificate authority beside the public ones, for the SDK in this process; programs of their own are told with
 * `NODE_EXTRA_CA_CERTS`.
 *
 * @param caFile PEM
 * @example
 * trustCertificates(tenant.caFile);
 */
export function trustCertificates(caFile: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(caFile, 'utf8')]);
}

/**
 * Trusts what `NODE_EXTRA_CA_CERTS` in `.env` names, beside the credentials that are there. Node reads the variable of the
 * environment itself, but no `.env`; the file that it names may be another, a company's for example.
 *
 * @throws {CliError} `certificates_unreadable`
 */
export function trustCertificatesOfEnvFile(folder = process.cwd()): void {
  let file: string | undefined;
  try {
    file = parseEnv(readFileSync(resolve(folder, '.env'), 'utf8')).NODE_EXTRA_CA_CERTS;
  } catch {
    // Whether .env is needed, and can be read, is for whoever reads the credentials.
    return;
  }
  if (!file) return;
  const path = resolve(folder, file);
  try {
    trustCertificates(path);
  } catch (error) {
    throw new CliError(
      'certificates_unreadable',
      `NODE_EXTRA_CA_CERTS in .env names ${path}, which cannot be used.`,
      'A tenant in memory takes its certificates with it when it stops: copy the lines that it prints anew.',
      { cause: error },
    );
  }
}
