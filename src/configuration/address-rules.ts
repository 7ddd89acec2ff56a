import { foldAddress } from '../policy/fold-address.ts';
import type { Complaint } from './complaint.ts';
import { domainForms } from './domain-rules.ts';

const expected = 'an e-mail address, such as "ann@water.example"';

/**
 * Returns the forms of an address that a visitor's address is compared with, for each form of its domain.
 *
 * @returns the input, if it is not usable as an address
 * @example foldedAddresses('Ann@Bücher.example') // ['ann@xn--bcher-kva.example', 'ann@bücher.example']
 */
export function foldedAddresses(address: string): string[] {
  const at = address.lastIndexOf('@');
  const folded = domainForms(address.slice(at + 1)).flatMap(
    (domain) => foldAddress(`${address.slice(0, at)}@${domain}`) ?? [],
  );
  return folded.length === 0 ? [address] : [...new Set(folded)];
}

/**
 * Checks an e-mail address of a rule. The complaint never shows it.
 *
 * @example checkAddress('water.example')?.advice // 'For all addresses of a domain, use emailDomain.'
 */
export function checkAddress(address: string): Complaint | undefined {
  const found = 'another text';
  if (!address.includes('@')) return { expected, advice: 'For all addresses of a domain, use emailDomain.' };
  if (address.startsWith('*@') || address.startsWith('@')) {
    return { expected, found: 'a pattern', advice: 'For all addresses of a domain, use emailDomain.' };
  }
  if (address !== address.trim()) return { expected, found, advice: 'Remove the spaces around it.' };
  const [folded = ''] = foldedAddresses(address);
  if (foldAddress(folded) !== undefined) return undefined;
  return { expected, found, advice: 'A sign-in with an address in this form counts as one without an address.' };
}
