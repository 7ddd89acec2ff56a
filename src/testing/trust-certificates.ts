import { getCACertificates, setDefaultCACertificates } from 'node:tls';

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
