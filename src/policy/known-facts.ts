//! What is known of a visitor, in the forms that conditions compare.

import { emailDomain } from './email-domain.ts';
import { foldAddress } from './fold-address.ts';
import { parseAddress } from './network.ts';
import type { Visitor } from './visitor.ts';

/** A visitor's values, checked once for all rules. What is `undefined` is not known. */
export interface KnownFacts {
  readonly application: string | undefined;
  readonly address: string | undefined;
  readonly domain: string | undefined;
  readonly connection: string | undefined;
  readonly organization: readonly string[] | undefined;
  readonly groups: readonly string[] | undefined;
  /** `undefined` if the roles could not be read. */
  readonly roles: readonly string[] | undefined;
  readonly appMetadata: Readonly<Record<string, unknown>> | undefined;
  readonly country: string | undefined;
  readonly ip: readonly number[] | undefined;
  readonly at: number | undefined;
}

/**
 * Returns what is known of a visitor. Values of the wrong kind, which a tenant might send, are not known.
 *
 * @param needsAddress whether a rule compares whole e-mail addresses
 */
export function knownFacts(
  visitor: Omit<Visitor, 'application'> & { readonly application?: string },
  needsAddress: boolean,
): KnownFacts {
  const { email, roles, connection, country, ip, at, appMetadata } = visitor;
  return {
    application: visitor.application,
    domain: emailDomain(email),
    address: needsAddress && typeof email === 'string' ? foldAddress(email) : undefined,
    connection: typeof connection === 'string' && connection !== '' ? connection : undefined,
    organization: listOfTexts(visitor.organization),
    groups: listOfTexts(visitor.groups),
    roles,
    appMetadata: typeof appMetadata === 'object' && appMetadata !== null ? appMetadata : undefined,
    country: typeof country === 'string' && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : undefined,
    ip: typeof ip === 'string' ? parseAddress(ip) : undefined,
    at: typeof at === 'number' && Number.isFinite(at) ? at : undefined,
  };
}

/** The reason why an e-mail address counts as unknown. */
export type Doubt = 'missing_email' | 'unverified_email';

/**
 * Returns why a visitor's e-mail address counts as unknown; `undefined` for a verified one.
 *
 * @example reasonOfDoubt({ emailVerified: false }, facts) // 'unverified_email'
 */
export function reasonOfDoubt(
  { emailVerified }: Pick<Visitor, 'emailVerified'>,
  { domain }: Pick<KnownFacts, 'domain'>,
): Doubt | undefined {
  if (domain === undefined) return 'missing_email';
  // Compared with `true` itself: a text such as 'false' that slips past the types must not count as verified.
  return emailVerified === true ? undefined : 'unverified_email';
}

/** The same visitor without a proven e-mail address. */
export function withoutAddress(facts: KnownFacts): KnownFacts {
  return { ...facts, address: undefined, domain: undefined };
}

/**
 * The same visitor with an address that fits no condition if there is no usable one, as `decide` assumes in a `refuse` rule.
 * Other fields that are not known remain unknown.
 */
export function withUnmatchedAddress({ address = '', domain = '', ...facts }: KnownFacts): KnownFacts {
  return { ...facts, address, domain };
}

function listOfTexts(list: readonly string[] | undefined): readonly string[] | undefined {
  return Array.isArray(list) && list.every((text) => typeof text === 'string') ? list : undefined;
}
