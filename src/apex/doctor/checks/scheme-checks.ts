import { placeOf, textOf } from '../../export/apex-export.ts';
import { commaSeparated, REMEDIES } from '../../mistake-remedies.ts';
import { usernameAttribute } from '../../username-attribute.ts';
import { hostOf } from '../application-address.ts';
import { type DiagnosedScheme, FIXED_PROVIDERS } from '../diagnosed-scheme.ts';
import type { DoctorFinding } from '../finding.ts';

/** The attributes of a Social Sign-In scheme, by their place in the export. */
const SCOPE = 'p_attribute_07';
const PARAMETERS = 'p_attribute_08';
const USERNAME = 'p_attribute_09';
const METHOD = 'p_attribute_12';
const VERIFY = 'p_attribute_13';

/** Checks the scheme's own fields. */
export function schemeChecks(diagnosed: DiagnosedScheme): readonly DoctorFinding[] {
  return [
    ...discovery(diagnosed),
    ...scope(diagnosed),
    ...username(diagnosed),
    ...unverifiedName(diagnosed),
    ...verify(diagnosed),
    ...request(diagnosed),
  ];
}

function discovery({ scheme, name, context }: DiagnosedScheme): DoctorFinding[] {
  const provider = textOf(scheme, 'p_attribute_02');
  const field = provider === 'OPENID_CONNECT' ? 'p_attribute_03' : 'p_attribute_04';
  const address = textOf(scheme, field);
  const remedy = `Authentication Provider: OpenID Connect Provider. Discovery URL: https://${context.domain ?? 'DOMAIN'}/.well-known/openid-configuration`;
  if (/^[&#]/.test(address)) return [];
  if (provider === 'OPENID_CONNECT' && hostOf(address) === '') {
    const found = `Scheme "${name}" has no Discovery URL that is an address: no user can sign in with it.`;
    return [{ ...placeOf(scheme, field), id: 'discovery-missing', status: 'fail', effect: 'lock-out', found, remedy }];
  }
  const fixed = FIXED_PROVIDERS.includes(provider);
  const known = fixed || context.domain !== undefined;
  if (context.schemeName !== name || !known || (!fixed && address === '')) return [];
  if (hostOf(address) === context.domain?.toLowerCase()) return [];
  const tenant = context.domain === undefined ? 'at Auth0' : `at the tenant ${context.domain} that the policy is for`;
  const found = `Scheme "${name}" signs in at ${fixed ? provider : hostOf(address)}, not ${tenant}: the gate does not protect it.`;
  const at = placeOf(scheme, fixed ? 'p_attribute_02' : field);
  return [{ ...at, id: 'other-tenant', status: 'fail', effect: 'open', found, remedy }];
}

function scope({ scheme, name, auth0 }: DiagnosedScheme): DoctorFinding[] {
  const text = textOf(scheme, SCOPE);
  const names = text.split(',').map((one) => one.trim());
  const at = placeOf(scheme, SCOPE);
  if (names.some((one) => /\s/.test(one))) {
    const found = `The scope of scheme "${name}" is separated by blanks ("${text}"), and APEX documents commas. The request of a real APEX was not observed: the e-mail address may be missing.`;
    const remedy = `Scope: ${commaSeparated(text)}`;
    return [{ ...at, id: 'comma-scope', status: 'warn', effect: 'lock-out', found, remedy }];
  }
  if (!auth0 || !isEmail(textOf(scheme, USERNAME)) || names.includes('email')) return [];
  const found = `The username of scheme "${name}" is the e-mail address, and the scope ("${text}") does not ask for it: APEX says "Null username passed to login procedure".`;
  return [
    {
      ...at,
      id: 'email-not-asked',
      status: 'fail',
      effect: 'lock-out',
      found,
      remedy: `Scope: ${['profile', 'email'].join(',')}`,
    },
  ];
}

function username({ scheme, name, context }: DiagnosedScheme): DoctorFinding[] {
  if (textOf(scheme, USERNAME) !== '') return [];
  const found = `Scheme "${name}" names no username attribute: APEX says "Null username passed to login procedure".`;
  return [
    {
      ...placeOf(scheme, USERNAME),
      id: 'username-missing',
      status: 'warn',
      effect: 'lock-out',
      found,
      remedy: `Username: ${usernameAttribute(context.policy ?? { unverifiedEmail: 'refuse' })}`,
    },
  ];
}

/** Verify Attributes keeps such users out, in a loop: that is a finding of its own. */
function unverifiedName({ scheme, name, auth0, context }: DiagnosedScheme): DoctorFinding[] {
  if (!auth0 || context.policy?.unverifiedEmail !== 'admit') return [];
  if (!isEmail(textOf(scheme, USERNAME)) || textOf(scheme, VERIFY) === 'Y') return [];
  return [
    {
      ...placeOf(scheme, USERNAME),
      id: 'username-unverified',
      status: 'fail',
      effect: 'open',
      found: `The username of scheme "${name}" is the e-mail address, and the policy lets in people who have not verified theirs: a user who signs up with another's address is that :APP_USER.`,
      remedy: 'Username: sub. Or unverifiedEmail: "refuse" in the policy.',
    },
  ];
}

function verify({ scheme, name, auth0, context }: DiagnosedScheme): DoctorFinding[] {
  const admitted = context.policy?.unverifiedEmail === 'admit';
  // For the template #email# it is less certain that APEX checks email_verified.
  const certain = admitted && textOf(scheme, USERNAME) === 'email';
  const unguarded = context.policy === undefined;
  if (!auth0 || textOf(scheme, VERIFY) !== 'Y' || !isEmail(textOf(scheme, USERNAME))) return [];
  if (!admitted && !unguarded) return [];
  const found = admitted
    ? `Scheme "${name}" verifies attributes, and the policy lets in people without a verified e-mail address: Auth0 lets them in, APEX refuses them, and Auth0 lets them in again, endlessly.`
    : `Scheme "${name}" verifies attributes: a user without a verified e-mail address is let in by Auth0 and refused by APEX, again and again, unless an Action refuses them first.`;
  const remedy = REMEDIES['verify-clash'];
  return [
    {
      ...placeOf(scheme, VERIFY),
      id: 'verify-clash',
      status: certain ? 'fail' : 'warn',
      effect: 'loop',
      found,
      remedy,
    },
  ];
}

function request({ scheme, name, auth0 }: DiagnosedScheme): DoctorFinding[] {
  const parameters = new URLSearchParams(textOf(scheme, PARAMETERS));
  const findings: DoctorFinding[] = [];
  const at = placeOf(scheme, PARAMETERS);
  if (parameters.get('prompt') === 'none') {
    const found = `Scheme "${name}" asks with prompt=none: a user without a session at the provider is refused without a form, and asked again.`;
    findings.push({
      ...at,
      id: 'prompt-none',
      status: 'fail',
      effect: 'loop',
      found,
      remedy: 'Take prompt=none out of Authentication URI Parameters.',
    });
  }
  const mode = parameters.get('response_mode');
  if (mode !== null && mode !== 'query') {
    const found = `Scheme "${name}" asks for response_mode=${mode}: APEX reads the answer only from the address.`;
    findings.push({
      ...at,
      id: 'response-mode',
      status: 'warn',
      effect: 'lock-out',
      found,
      remedy: 'Take response_mode out of Authentication URI Parameters.',
    });
  }
  if (auth0 && textOf(scheme, METHOD) === 'CLID') {
    const found = `Scheme "${name}" sends no client secret. An Auth0 application of the type Regular Web Application asks for one: no user can sign in.`;
    findings.push({
      ...placeOf(scheme, METHOD),
      id: 'secret-not-sent',
      status: 'warn',
      effect: 'lock-out',
      found,
      remedy: 'Token Authentication Method: Client ID and Client Secret in Body.',
    });
  }
  return findings;
}

/** Matches the attribute alone, and a template such as `#email# (#APEX_AUTH_NAME#)`. */
function isEmail(attribute: string): boolean {
  return attribute === 'email' || attribute.includes('#email#');
}
