//! The form in which domains are compared: lower case and NFC, and no look-alikes of ASCII letters.
const LONGEST_DOMAIN = 253;
const LONGEST_LABEL = 63;
const LABEL = /^[a-z0-9\u0080-\u{10ffff}](?:[a-z0-9\u0080-\u{10ffff}-]*[a-z0-9\u0080-\u{10ffff}])?$/u;
const ALL_DIGITS = /^[0-9]+$/;
const ASCII = /[\0-\x7f]/;
/** Invisible, unassigned and control characters, lone surrogates, every kind of space, and the ideographic full stop. */
const NEVER_IN_DOMAINS = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u3002]/u;

/**
 * Brings a domain name to the form in which domains are compared: lower case and NFC, without the final dot. A name that
 * is written as `xn--…` stays so.
 *
 * Never makes one domain into another: the result has the same ASCII form by Unicode's UTS #46 (non-transitional, as in
 * browsers) as the input. Text that would first have to be mapped to other letters (full-width letters, ligatures, the
 * Kelvin sign for a K) is not a domain: real addresses are not written so, except to look like another domain's.
 * Kelvin sign for a K) is not a domain: real addresses are not written so, except to look like another person's.
 *
 * @param domain a domain name, with or without a final dot
 * @returns `undefined` if it is not a domain name
 * @example foldDomain('BÜCHER.Example.') // 'bücher.example'
 */
export function foldDomain(domain: string): string | undefined {
  const name = domain.replace(/\.$/, '');
  if (name.length > LONGEST_DOMAIN || NEVER_IN_DOMAINS.test(name)) return undefined;
  let lower = '';
  // One character at a time: in whole words JavaScript writes a final Σ as ς, and domain names do not.
  for (const character of name) {
    const folded = character.toLowerCase();
    // A character that turns into an ASCII letter is a disguise.
    if (!ASCII.test(character) && ASCII.test(folded.normalize('NFKC'))) return undefined;
    lower += folded;
  }
  const composed = lower.normalize('NFC');
  return composed === lower.normalize('NFKC') && hasLabels(composed) ? composed : undefined;
}

function hasLabels(name: string): boolean {
  const labels = name.split('.');
  // A resolver takes a name whose last label is a number for an IP address.
  return (
    labels.every((label) => label.length <= LONGEST_LABEL && LABEL.test(label)) && !ALL_DIGITS.test(labels.at(-1) ?? '')
  );
}
