import { domainToASCII, domainToUnicode } from 'node:url';
import { foldDomain } from '../policy/domain-name.ts';
import type { Complaint } from './complaint.ts';

const expected = 'an e-mail domain, such as "water.example"';

/** Where anybody can get an address. */
const OPEN_TO_ANYBODY = new Set(
  `126.com 163.com aol.com duck.com fastmail.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
  hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr hotmail.it icloud.com live.com mac.com mail.com mail.ru
  me.com msn.com outlook.com outlook.de pm.me proton.me protonmail.com qq.com t-online.de tutanota.com web.de yahoo.co.jp
  yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.com yandex.ru ymail.com zoho.com`.split(/\s+/),
);

/** Registries' own second levels, such as `co.uk`: everything below belongs to strangers. */
const REGISTRY_SECOND_LEVEL = /^(ac|co|com|edu|gob|gouv|gov|go|gv|mil|ne|net|nhs|or|org|sch)\.[a-z]{2}$/;

/**
 * Brings an organisation's domain to the form that tells whether two are the same: lower-case ASCII, no final dot.
 *
 * @returns `undefined` where no e-mail domain can be made of it
 * @example normalizeDomain('Bücher.Example') // 'xn--bcher-kva.example'
 */
export function normalizeDomain(domain: string): string | undefined {
  if (!/^[^\s/:?#@%[\]\\]+$/.test(domain)) return undefined;
  const ascii = domainToASCII(domain).replace(/\.$/, '');
  const unicode = domainToUnicode(ascii);
  // Text that only looks encoded, such as `xn--a`, stays as it is.
  const isDecoded = !unicode.split('.').some((label) => label.startsWith('xn--'));
  // A form that no visitor's domain can take would be an organisation without people.
  return isDecoded && foldDomain(unicode) !== undefined && foldDomain(ascii) === ascii ? ascii : undefined;
}

/**
 * The forms of an organisation's domain that a visitor's is compared with: ASCII, and beside it the one with the letters
 * themselves where it has any beyond ASCII.
 *
 * @returns what was given, where no e-mail domain can be made of it
 * @example domainForms('Bücher.Example') // ['xn--bcher-kva.example', 'bücher.example']
 */
export function domainForms(domain: string): string[] {
  const ascii = normalizeDomain(domain);
  if (ascii === undefined) return [domain];
  return [...new Set([ascii, foldDomain(domainToUnicode(ascii)) ?? ascii])];
}

/**
 * Says what is wrong with a domain of an organisation.
 *
 * @param domain as written
 * @param includeSubdomains whether what is below it belongs to the organisation too
 * @example checkDomain('*.water.example', false)?.advice // 'Write "water.example" and includeSubdomains: true.'
 */
export function checkDomain(domain: string, includeSubdomains: boolean): Complaint | undefined {
  if (domain.trim() === '') return { expected };
  if (domain !== domain.trim()) return { expected, advice: 'Remove the spaces around it.' };
  return checkShape(domain) ?? checkMeaning(domain, includeSubdomains);
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

function checkMeaning(domain: string, includeSubdomains: boolean): Complaint | undefined {
  const ascii = normalizeDomain(domain);
  if (ascii === undefined) return { expected, advice: 'It has letters, digits, hyphens and dots, and nothing else.' };
  if (!ascii.includes('.')) {
    return { expected, advice: "A single word is a whole registry or a machine, and nobody's e-mail domain." };
  }
  if (OPEN_TO_ANYBODY.has(ascii)) {
    return {
      expected: "an e-mail domain that is the organisation's own",
      advice: 'Anybody can get an address there, and would be a member. Use defaultRole, or assign the role in Auth0.',
    };
  }
  if (includeSubdomains && REGISTRY_SECOND_LEVEL.test(ascii)) {
    return { expected, advice: 'Strangers register names below it, and would be members.' };
  }
  return undefined;
}
