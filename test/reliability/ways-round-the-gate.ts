// Visitors that a strict policy refuses, and the ways in which they ask for tokens all the same.

/** A user of the tenant. */
export interface GateVisitor {
  readonly name: string;
  readonly email: string;
  readonly verified: boolean;
  /** Names of roles that the user holds. */
  readonly roles?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

const verified = true;
const ROLE_CLAIM = 'https://apex.test/roles';

/** None of them is to get in: the policy has no default role, and one organisation, `ORG:WATER` of `water.example`. */
export const REFUSED_VISITORS: readonly GateVisitor[] = [
  { name: 'unknown domain', email: 'una@elsewhere.example', verified },
  { name: "unconfirmed address of the organisation's domain", email: 'vera@water.example', verified: false },
  { name: 'unconfirmed, with a role', email: 'rita@water.example', verified: false, roles: ['ORG:WATER'] },
  { name: 'subdomain', email: 'sam@lab.water.example', verified },
  { name: 'domain that ends with the same letters', email: 'eve@evilwater.example', verified },
  { name: 'domain that begins with the same letters', email: 'eva@water.example.org', verified },
  { name: 'domain with a letter of another alphabet', email: 'ivan@xn--wter-53d.example', verified },
  { name: 'domain in the part before the at sign', email: 'water.example@elsewhere.example', verified },
  { name: 'role of the prefix alone', email: 'pia@elsewhere.example', verified, roles: ['ORG:'] },
  { name: 'role in small letters', email: 'lea@elsewhere.example', verified, roles: ['org:WATER'] },
  { name: 'role with an invisible name', email: 'zoe@elsewhere.example', verified, roles: ['ORG:\u200b'] },
  { name: 'role that contains the prefix', email: 'max@elsewhere.example', verified, roles: ['MY ORG:WATER'] },
  {
    name: 'metadata that name roles',
    email: 'meg@elsewhere.example',
    verified,
    metadata: { roles: ['ORG:WATER'], [ROLE_CLAIM]: ['ORG:WATER'], authorization: { roles: ['ORG:WATER'] } },
  },
];

/** Lets the same ways through, which shows that they are ways. */
export const ADMITTED_VISITOR: GateVisitor = { name: 'member', email: 'ann@water.example', verified };

/** Parameters of an authorization request; `undefined` leaves one of the ordinary request out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** Authorization requests of a browser whose user is signed in to the tenant already. */
export const REQUESTS: Readonly<Record<string, Parameters>> = {
  ordinary: {},
  'without a page': { prompt: 'none' },
  'with a new sign-in': { prompt: 'login' },
  'with consent': { prompt: 'consent' },
  'with an old sign-in refused': { max_age: '0' },
  'for a sign-up': { screen_hint: 'signup' },
  'with the scope openid alone': { scope: 'openid' },
  'without a scope': { scope: undefined },
  'for a refresh token': { scope: 'openid offline_access' },
  'with an unknown scope': { scope: 'openid portcullis admin roles' },
  'for an API': { audience: 'https://api.test' },
  'for user info': { audience: 'TENANTuserinfo' },
  'without a state': { state: undefined },
  'with a nonce': { nonce: 'n-0' },
  'with an empty challenge': { code_challenge: '', code_challenge_method: 'S256' },
  'with a challenge': { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' },
  'in the fragment': { response_mode: 'fragment' },
  'by a form': { response_mode: 'form_post' },
  'by a message': { response_mode: 'web_message', prompt: 'none' },
  'for an ID token': { response_type: 'id_token', nonce: 'n-1' },
  'for an access token': { response_type: 'token' },
  'for both': { response_type: 'code id_token', nonce: 'n-2' },
  'for nothing': { response_type: 'none' },
  'through the database': { connection: 'Username-Password-Authentication' },
  "through the console's database": { connection: 'portcullis-console' },
  'with another name as a hint': { login_hint: 'ann@water.example' },
  'for an organization': { organization: 'org_000000000000000000000000' },
  'with claims': { claims: '{"id_token":{"https://apex.test/roles":{"value":["ORG:WATER"]}}}' },
  'with the claim as a parameter': { [ROLE_CLAIM]: 'ORG:WATER' },
  'with acr_values': { acr_values: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor' },
  'with a session token': { session_token: 'eyJhbGciOiJub25lIn0.e30.' },
  'with an unsigned request': { request: 'eyJhbGciOiJub25lIn0.e30.' },
  'with a made-up pushed request': { request_uri: 'urn:ietf:params:oauth:request_uri:none' },
  'with the protocol of SAML': { protocol: 'samlp' },
  'in another language': { ui_locales: 'de' },
};
