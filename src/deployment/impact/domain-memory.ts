import { emailDomain } from '../../policy/email-domain.ts';

/** The domain of an e-mail address, as the policy sees it. */
export interface KnownDomain {
  /** `undefined` for an invalid address. */
  readonly name: string | undefined;
  /** From 0 on; `undefined` for a domain that is not remembered. */
  readonly index: number | undefined;
}

const LONGEST = 320;
const LONGEST_LOCAL_PART = 64;
const MOST_REMEMBERED = 50_000;
const SIGN = 0x40;

/**
 * Returns the domain of an e-mail address as the policy sees it. Each domain is parsed once, since many users share few domains.
 *
 * @example
 * new DomainMemory().domainOf('ann@Water.example').name // 'water.example'
 */
export class DomainMemory {
  readonly #known = new Map<string, KnownDomain>();

  domainOf(email: string | undefined): KnownDomain {
    const at = email === undefined ? -1 : plainLocalPart(email);
    // An address that needs more than its domain parsed is parsed each time.
    if (email === undefined || at < 1) return { name: emailDomain(email), index: undefined };
    const written = email.slice(at + 1);
    const known = this.#known.get(written);
    if (known !== undefined) return known;
    const name = emailDomain(`x@${written}`);
    if (this.#known.size >= MOST_REMEMBERED) return { name, index: undefined };
    const domain = { name, index: this.#known.size };
    this.#known.set(written, domain);
    return domain;
  }
}

/** Index of the only `@`, if only letters, digits, dots, hyphens and underscores precede it; otherwise -1. */
function plainLocalPart(email: string): number {
  const at = email.indexOf('@');
  if (at > LONGEST_LOCAL_PART || email.length > LONGEST || email.includes('@', at + 1)) return -1;
  for (let index = 0; index < at; index += 1) if (!isPlain(email.charCodeAt(index))) return -1;
  return email.charCodeAt(at) === SIGN ? at : -1;
}

function isPlain(unit: number): boolean {
  const isLetter = (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
  return isLetter || (unit >= 0x30 && unit <= 0x39) || unit === 0x2e || unit === 0x2d || unit === 0x5f;
}
