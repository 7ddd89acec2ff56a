import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { parseEnv } from 'node:util';
import { Problem } from '../problem/problem.ts';
import type { Terminal } from './terminal.ts';

/** Callers that trust a PEM, and the certificates that this process trusts because of them. */
const holders = new Map<string, { count: number; readonly added: ReadonlySet<string> }>();

/**
 * Trusts certificate authorities in addition to the public ones, in this process. Other programs take them from
 * `NODE_EXTRA_CA_CERTS`.
 *
 * @returns a function that ends the trust, except in certificates that were trusted before or that another caller trusts
 * @example
 * const distrust = trustCertificates(readFileSync(tenant.caFile, 'utf8'));
 */
export function trustCertificates(pem: string): () => void {
  const holder = holders.get(pem) ?? { count: 0, added: addCertificates(pem) };
  holders.set(pem, holder);
  holder.count += 1;
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    holder.count -= 1;
    if (holder.count > 0) return;
    holders.delete(pem);
    const { added } = holder;
    if (added.size === 0) return;
    setDefaultCACertificates(getCACertificates('default').filter((certificate) => !added.has(keyOf(certificate))));
  };
}

/** Adds certificates and returns the keys of those that are new. */
function addCertificates(pem: string): ReadonlySet<string> {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, pem]);
  const known = new Set(before.map(keyOf));
  return new Set(
    getCACertificates('default')
      .map(keyOf)
      .filter((key) => !known.has(key)),
  );
}

/** Removes white space, since Node breaks the lines of a certificate differently when it is set. */
const keyOf = (pem: string) => pem.replaceAll(/\s/g, '');

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
