import type { Complaint } from './complaint.ts';

/** Auth0's own domains, which a namespace must not use. */
const AUTH0_DOMAINS = ['auth0.com', 'webtask.io', 'webtask.run'];
const LONGEST_CLAIM = 255;

/** Names without a namespace that Auth0 reserves. */
const RESERVED_NAMES = new Set(
  `acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest
  entitlements events exp groups gty htm htu iat internalservice iss jcard jku jti jwe jwk kid may_act mky nbf nonce
  object_id org_id org_name orig origid permissions roles rph s_hash scope sid sip_from_tag sip_date sip_callid
  sip_cseq_num sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#s256`.split(/\s+/),
);

const expected = 'a URL of your own with a name at its end, such as https://apex.example.com/roles';

/**
 * Checks the name of the claim.
 *
 * Source: Auth0 docs, "Create Custom Claims": a restricted name is dropped from the tokens while the login succeeds,
 * and the namespace must not be one of Auth0's own. The percent sign: Oracle's documentation of APEX_JSON, where `%0` to
 * `%4`, `%s` and `%d` in a path are placeholders.
 *
 * @example checkClaim('roles')?.advice // 'Auth0 would drop a claim of this name without a word …'
 */
export function checkClaim(claim: string): Complaint | undefined {
  if (RESERVED_NAMES.has(claim.toLowerCase())) {
    return {
      expected,
      advice: 'Auth0 would drop a claim of this name without a word: the login succeeds and the roles are missing.',
    };
  }
  if (/^urn:auth0(:|$)/i.test(claim)) {
    return { expected, advice: 'Auth0 keeps urn:auth0 for itself and would drop the claim without a word.' };
  }
  if (!/^[\x21-\x7e]+$/.test(claim)) {
    return { expected, advice: 'The name of a claim has neither spaces nor letters beyond ASCII.' };
  }
  const url = URL.parse(claim);
  if (url === null || !/^https?:\/\/[^/]/i.test(claim)) {
    return {
      expected,
      advice: 'A name without a URL in front of it can collide with one that Auth0 or OpenID Connect uses.',
    };
  }
  return checkNamespace(claim, url);
}

function checkNamespace(claim: string, url: URL): Complaint | undefined {
  const host = url.hostname.replace(/\.$/, '');
  const reserved = AUTH0_DOMAINS.find((domain) => host === domain || host.endsWith(`.${domain}`));
  if (reserved !== undefined) {
    const advice = `Auth0 would drop a claim on ${reserved} without a word. Use a domain of your own; nothing has to answer there.`;
    return { expected, advice };
  }
  if (url.username !== '' || url.password !== '') {
    return { expected, found: 'a URL with a user name in it', advice: 'The name of a claim is in every token.' };
  }
  if (/["%\\]/.test(claim)) {
    return { expected, advice: 'APEX could not read the claim: %, " and \\ have a meaning of their own in its paths.' };
  }
  if (url.pathname === '/' && url.hash.length < 2) {
    return { expected, advice: `Put a name behind the domain: ${url.origin}/roles.` };
  }
  if (claim.length > LONGEST_CLAIM) return { expected: `${expected}, of at most ${LONGEST_CLAIM} characters` };
  return undefined;
}
