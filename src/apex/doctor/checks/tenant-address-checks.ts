import { type ExportPlace, placeOf, placeWithin, textOf } from '../../export/apex-export.ts';
import { hostOf } from '../application-address.ts';
import { type DiagnosedScheme, signInHost } from '../diagnosed-scheme.ts';
import type { DoctorFinding, Effect } from '../finding.ts';

/** An address of a scheme that the tenant answers: one of its endpoints, or any at Auth0. */
interface TenantAddress extends ExportPlace {
  /** The field, as APEX names it. */
  readonly field: string;
  readonly url: URL;
  /** The consequence if it is at another tenant. */
  readonly effect: Effect;
}

const FIELDS: readonly { readonly parameter: string; readonly field: string; readonly effect: Effect }[] = [
  { parameter: 'p_attribute_05', field: 'Token Endpoint URL', effect: 'lock-out' },
  { parameter: 'p_attribute_06', field: 'User Info Endpoint URL', effect: 'lock-out' },
  { parameter: 'p_invalid_session_url', field: 'Session Not Valid URL', effect: 'loop' },
  { parameter: 'p_logout_url', field: 'Post-Logout URL', effect: 'sign-out' },
];

const ENDPOINT = /^\/(?:authorize|v2\/logout|oidc\/logout|oauth\/token|userinfo)\/?$/;

/** Checks the addresses of the tenant in a scheme and its PL/SQL code: the tenant's domain, and what its logout needs. */
export function tenantAddressChecks(diagnosed: DiagnosedScheme): readonly DoctorFinding[] {
  const addresses = diagnosed.auth0 ? tenantAddresses(diagnosed) : [];
  return addresses.flatMap((address) => [...otherTenant(diagnosed, address), ...logoutList(diagnosed, address)]);
}

function otherTenant(
  { scheme, name }: DiagnosedScheme,
  { field, url, effect, file, line }: TenantAddress,
): DoctorFinding[] {
  const host = signInHost(scheme);
  // The domains of a local tenant differ by port.
  const isLocal = url.hostname === 'localhost' && host.startsWith('localhost:');
  if (host === '' || url.host === host || isLocal) return [];
  // A tenant may have a custom domain too, and its sessions are that domain's own.
  const certain = [host, url.host].every((one) => one.endsWith('.auth0.com'));
  const consequence = certain
    ? 'That is another tenant'
    : 'If that is the same tenant, its sessions are those of one domain only';
  return [
    {
      file,
      line,
      id: 'mixed-tenants',
      status: certain ? 'fail' : 'warn',
      effect,
      found: `Scheme "${name}" signs in at ${host}, and its ${field} is at ${url.host}. ${consequence}: ${CONSEQUENCES[effect]}.`,
      remedy: `${field}: the same address at ${host}.`,
    },
  ];
}

const CONSEQUENCES: Readonly<Record<Effect, string>> = {
  'lock-out': 'it does not know what the first one issued, and no user can sign in',
  loop: 'the session of the user who was refused lives on, and the next sign-in ends in the same way',
  'sign-out': 'the session at which the user signed in lives on, and the next sign-in succeeds without a password',
  open: 'the policy does not apply',
};

/** `/oidc/logout` takes the application from an ID token as well, which no address of a scheme can carry. */
function logoutList({ name }: DiagnosedScheme, { field, url, file, line }: TenantAddress): DoctorFinding[] {
  if (!/^\/(?:v2|oidc)\/logout\/?$/.test(url.pathname) || url.searchParams.get('client_id')) return [];
  return [
    {
      file,
      line,
      id: 'logout-without-client',
      status: 'warn',
      effect: 'sign-out',
      found: `The ${field} of scheme "${name}" is ${url.pathname} without client_id: Auth0 compares its return address with the Allowed Logout URLs of the tenant, not of the application, and answers with an error page if it is not there.`,
      remedy:
        'Add client_id=CLIENT_ID of the application to the address. Or list the return address in Auth0: Settings > Advanced > Allowed Logout URLs.',
    },
  ];
}

function tenantAddresses({ scheme }: DiagnosedScheme): readonly TenantAddress[] {
  const addresses = FIELDS.flatMap(({ parameter, field, effect }) =>
    tenantUrls(textOf(scheme, parameter)).map(({ url }) => ({ ...placeOf(scheme, parameter), field, url, effect })),
  );
  const code = scheme.parameters.get('p_plsql_code');
  if (code === undefined) return addresses;
  const inCode = tenantUrls(code.text).map(({ url, index }) => ({
    ...placeWithin(scheme, code, index),
    field: 'address in the PL/SQL Code',
    url,
    effect: 'loop' as const,
  }));
  return [...addresses, ...inCode];
}

/** Finds the addresses of endpoints in a text: a field that is one, or code. */
function tenantUrls(text: string): readonly { readonly url: URL; readonly index: number }[] {
  return [...text.matchAll(/https?:\/\/[^\s'"]+/gi)].flatMap(({ 0: address, index }) => {
    // A masked host, or one that an item holds, is not known.
    const host = hostOf(address);
    if (host === '' || /[*&#]/.test(host)) return [];
    const url = new URL(address);
    return ENDPOINT.test(url.pathname) ? [{ url, index }] : [];
  });
}
