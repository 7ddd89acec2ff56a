import { domainToASCII, domainToUnicode } from 'node:url';
import { foldDomain } from '../policy/domain-name.ts';
import type { Complaint } from './complaint.ts';

const expected = 'an e-mail domain, such as "water.example"';

/** Providers that give an address to any person. */
const PUBLIC_PROVIDERS = new Set(
  `126.com 163.com aol.com duck.com fastmail.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
  hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr hotmail.it icloud.com live.com mac.com mail.com mail.ru
  me.com msn.com outlook.com outlook.de pm.me proton.me protonmail.com qq.com t-online.de tutanota.com web.de yahoo.co.jp
  yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.com yandex.ru ymail.com zoho.com`.split(/\s+/),
);

/** Second-level domains of registries, such as `co.uk`: different owners register the names below. */
const REGISTRY_SECOND_LEVEL = /^(ac|co|com|edu|gob|gouv|gov|go|gv|mil|ne|net|nhs|or|org|sch)\.[a-z]{2}$/;

/**
 * Brings an organisation's domain to the form in which two are compared: lower-case ASCII, no final dot.
 *
 * @returns `undefined` if it cannot be an e-mail domain
 * @example normalizeDomain('Bücher.Example') // 'xn--bcher-kva.example'
 */
export function normalizeDomain(domain: string): string | undefined {
  if (!/^[^\s/:?#@%[\]\\]+$/.test(domain)) return undefined;
  const ascii = domainToASCII(domain).replace(/\.$/, '');
  const unicode = domainToUnicode(ascii);
  // Text that only looks encoded, such as `xn--a`, stays as it is.
  const isDecoded = !unicode.split('.').some((label) => label.startsWith('xn--'));
  // A domain in a form that no visitor's domain can take would be an organisation without members.
  return isDecoded && foldDomain(unicode) !== undefined && foldDomain(ascii) === ascii ? ascii : undefined;
}

/**
 * Returns the forms of an organisation's domain that a visitor's domain is compared with: ASCII, and for a domain with
 * letters beyond ASCII also the form with those letters.
 *
 * @returns the input, if it cannot be an e-mail domain
 * @example domainForms('Bücher.Example') // ['xn--bcher-kva.example', 'bücher.example']
 */
export function domainForms(domain: string): string[] {
  const ascii = normalizeDomain(domain);
  if (ascii === undefined) return [domain];
  return [...new Set([ascii, foldDomain(domainToUnicode(ascii)) ?? ascii])];
}

/**
 * Checks a domain of an organisation.
 *
 * @param domain as written
 * @param includeSubdomains whether its subdomains belong to the organisation too
 * @param place a rule may name a domain of a public provider, since its other conditions may be narrower
 * @example checkDomain('*.water.example', false)?.advice // 'Write "water.example" and includeSubdomains: true.'
 */
export function checkDomain(
  domain: string,
  includeSubdomains: boolean,
  place: 'organization' | 'rule' = 'organization',
): Complaint | undefined {
  if (domain.trim() === '') return { expected };
  if (domain !== domain.trim()) return { expected, advice: 'Remove the spaces around it.' };
  return checkShape(domain) ?? checkMeaning(domain, includeSubdomains, place);
}

function checkShape(domain: string): Complaint | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(domain)) {
    return { expected, advice: 'Leave out the scheme and the path: only what stands behind the @ of an address.' };
  }
  if (domain.includes('@')) {
    const found = domain.startsWith('@') ? 'a domain with an @ in front' : 'an e-mail address';
    return { expected, found, advice: 'Write only what stands behind the @.' };
  }
  if (domain.includes('*') || domain.startsWith('.')) {
    const parent = normalizeDomain(domain.replace(/^[*.]+/, ''));
    const advice = `Write ${parent === undefined ? 'the domain itself' : JSON.stringify(parent)} and includeSubdomains: true.`;
    return { expected, advice };
  }
  return undefined;
}

function checkMeaning(
  domain: string,
  includeSubdomains: boolean,
  place: 'organization' | 'rule',
): Complaint | undefined {
  const ascii = normalizeDomain(domain);
  if (ascii === undefined) return { expected, advice: 'It has letters, digits, hyphens and dots, and nothing else.' };
  if (!ascii.includes('.')) {
    return { expected, advice: 'A single word is a whole registry or a machine, and not an e-mail domain.' };
  }
  if (place === 'organization' && PUBLIC_PROVIDERS.has(ascii)) {
    return {
      expected: "an e-mail domain that is the organisation's own",
      advice:
        'Every person can get an address there, and would be a member. Use defaultRole, or assign the role in Auth0.',
    };
  }
  if (includeSubdomains && REGISTRY_SECOND_LEVEL.test(ascii)) {
    return { expected, advice: 'Strangers register names below it, and would be members.' };
  }
  return undefined;
}
