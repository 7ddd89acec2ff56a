import { randomInt } from 'node:crypto';
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
/** Slots of the table: a power of two, so that it is at most 40 % full. */
const SLOTS = 2 ** 17;
const SIGN = 0x40;

/**
 * Returns the domain of an e-mail address as the policy sees it. Each domain is parsed once, since many users share few domains.
 *
 * @example
 * new DomainMemory().domainOf('ann@Water.example').name // 'water.example'
 */
export class DomainMemory {
  /** Random, so that no one can choose domains that share a slot. */
  readonly #seed = randomInt(2 ** 32);
  /** In each slot the number of a domain, from 1 on; 0 for none. */
  readonly #slots = new Int32Array(SLOTS);
  /** The domains as they are written in addresses. */
  readonly #written: string[] = [];
  readonly #domains: KnownDomain[] = [];

  domainOf(email: string | undefined): KnownDomain {
    const at = email === undefined ? -1 : plainLocalPart(email);
    // An address that needs more than its domain parsed is parsed each time.
    if (email === undefined || at < 1) return { name: emailDomain(email), index: undefined };
    // The hash and the comparison need no copy of the domain.
    let hash = this.#seed;
    for (let index = at + 1; index < email.length; index += 1) {
      const unit = email.charCodeAt(index);
      if (unit === SIGN) return { name: emailDomain(email), index: undefined };
      hash = Math.imul(hash ^ unit, 0x9e3779b1);
    }
    const length = email.length - at - 1;
    for (let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const number = this.#slots[slot] ?? 0;
      if (number === 0) return this.#remember(email.slice(at + 1), slot);
      const written = this.#written[number - 1] ?? '';
      const known = this.#domains[number - 1];
      if (known !== undefined && written.length === length && email.endsWith(written)) return known;
    }
  }

  #remember(written: string, slot: number): KnownDomain {
    const name = emailDomain(`x@${written}`);
    if (this.#domains.length >= MOST_REMEMBERED) return { name, index: undefined };
    const domain = { name, index: this.#domains.length };
    this.#written.push(written);
    this.#slots[slot] = this.#domains.push(domain);
    return domain;
  }
}

/** Index of the first `@`, if only letters, digits, dots, hyphens and underscores precede it; otherwise -1. */
function plainLocalPart(email: string): number {
  if (email.length > LONGEST) return -1;
  const end = Math.min(email.length, LONGEST_LOCAL_PART + 1);
  for (let index = 0; index < end; index += 1) {
    const unit = email.charCodeAt(index);
    if (unit === SIGN) return index;
    if (!isPlain(unit)) return -1;
  }
  return -1;
}

function isPlain(unit: number): boolean {
  const isLetter = (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
  return isLetter || (unit >= 0x30 && unit <= 0x39) || unit === 0x2e || unit === 0x2d || unit === 0x5f;
}
