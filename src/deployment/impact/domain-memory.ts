import { emailDomain } from '../../policy/email-domain.ts';

/** The domain of an e-mail address, as the policy sees it. */
export interface KnownDomain {
  /** `undefined` for an invalid address. */
  readonly name: string | undefined;
  /** From 0 on; `undefined` for a domain that is not remembered. */
  readonly index: number | undefined;
}

const MOST_REMEMBERED = 50_000;
/** An address of which only the domain needs to be parsed: nothing but plain characters precede its only @. */
const PLAIN = /^[\w.-]{1,64}@[^@]{0,255}$/;

/**
 * Returns the domain of an e-mail address as the policy sees it. Each domain is parsed once, since many users share few domains.
 *
 * @example
 * new DomainMemory().domainOf('ann@Water.example').name // 'water.example'
 */
export class DomainMemory {
  /** By the domain as it is written in addresses. */
  readonly #domains = new Map<string, KnownDomain>();

  domainOf(email: string | undefined): KnownDomain {
    if (email === undefined || !PLAIN.test(email)) return { name: emailDomain(email), index: undefined };
    const written = email.slice(email.indexOf('@') + 1);
    return this.#domains.get(written) ?? this.#remember(written);
  }

  #remember(written: string): KnownDomain {
    const name = emailDomain(`x@${written}`);
    if (this.#domains.size >= MOST_REMEMBERED) return { name, index: undefined };
    const domain = { name, index: this.#domains.size };
    this.#domains.set(written, domain);
    return domain;
  }
}
