import { landingPagesOf } from '../../../action/refuse-login.ts';
import type { ExportedPage } from '../../export/apex-export.ts';
import { placeOf, textOf } from '../../export/apex-export.ts';
import type { ExportCall } from '../../export/export-calls.ts';
import { REMEDIES } from '../../mistake-remedies.ts';
import { pageAt, pageKey, returnTo, signInStart } from '../application-address.ts';
import type { DiagnosedScheme } from '../diagnosed-scheme.ts';
import type { DoctorFinding } from '../finding.ts';

/** The page after a sign-out, after a failed sign-in, and for the refused: none may ask for a sign-in again. */
export function pageChecks(diagnosed: DiagnosedScheme): readonly DoctorFinding[] {
  return [...postLogout(diagnosed), ...invalidSession(diagnosed), ...landing(diagnosed)];
}

function postLogout({ scheme, name, exported, auth0, current, tenants }: DiagnosedScheme): DoctorFinding[] {
  const url = textOf(scheme, 'p_logout_url');
  const at = { ...placeOf(scheme, 'p_logout_url'), effect: 'sign-out' as const };
  const remedy = REMEDIES['post-logout-home'];
  if (url === '') {
    const home = pageAt(exported, textOf(exported.userInterface, 'p_home_url'));
    if (!auth0 || !current || home?.isPublic === true) return [];
    const certain = home !== undefined ? 'fail' : 'warn';
    const found = `Scheme "${name}" goes to the home page after a sign-out. That page asks for a sign-in, so that the sign-out is followed by a sign-in at once: people believe that they cannot sign out.`;
    return [{ ...at, id: 'post-logout-home', status: certain, found, remedy }];
  }
  // APEX goes to these letters: no page of the application has them.
  if (/&(?:APP_ID|APP_ALIAS|FLOW_ID|APP_SESSION|SESSION|APP_PAGE_ID|FLOW_STEP_ID|DEBUG)\./i.test(decoded(url))) {
    const found = `Scheme "${name}" has a substitution in its Post-Logout URL (${url}), and APEX substitutes nothing there: after a sign-out the browser ends on an error page.`;
    return [
      { ...at, id: 'post-logout-substitution', status: 'warn', found, remedy: REMEDIES['post-logout-substitution'] },
    ];
  }
  const target = returnTo(url) ?? url;
  const isUnknown = pageAt(exported, target) === undefined && pageKey(exported, target) === '';
  if (isUnknown && auth0 && current) {
    const found = `Scheme "${name}" goes to the application without naming a page after a sign-out: to the home page, which as a rule asks for a sign-in.`;
    return [{ ...at, id: 'post-logout-home', status: 'warn', found, remedy }];
  }
  const start = signInStart(target, tenants);
  if (start !== undefined) {
    const found = `Scheme "${name}" goes to an address with ${start} in it after a sign-out: the next sign-in begins at once.`;
    return [{ ...at, id: 'post-logout-signs-in', status: 'fail', found, remedy }];
  }
  const page = pageAt(exported, target);
  if (page === undefined || page.isPublic || !current) return [];
  const found = `Scheme "${name}" goes to page ${page.number} after a sign-out, and that page is not public: the next sign-in begins at once.`;
  return [{ ...at, id: 'post-logout-protected', status: 'fail', found, remedy }];
}

function invalidSession({ scheme, name, exported, auth0, current, tenants }: DiagnosedScheme): DoctorFinding[] {
  const type = textOf(scheme, 'p_invalid_session_type');
  if (!current || !auth0 || type === 'BUILTIN_LOGIN') return [];
  const own = type === 'URL';
  const address = own ? textOf(scheme, 'p_invalid_session_url') : textOf(exported.userInterface, 'p_login_url');
  const afterLogout = returnTo(address);
  const page = pageAt(exported, afterLogout ?? address);
  const again = signInStart(afterLogout ?? address, tenants) !== undefined || page?.isPublic === false;
  const remedy = REMEDIES['invalid-session-protected'];
  if (!again) {
    if (own) return [];
    // The default of every application. That page is not seen to appear: the scheme itself answers, with a sign-in.
    const found = `A failed sign-in with scheme "${name}" goes to the Login Page. Social Sign-In may answer there with the next sign-in instead of a page. A login that Auth0 denies then repeats endlessly: the browser says "too many redirects".`;
    const at = placeOf(scheme, 'p_invalid_session_type');
    return [{ ...at, id: 'invalid-session-login', status: 'warn', effect: 'loop', found, remedy }];
  }
  const what = page === undefined ? 'an address that begins a sign-in' : `page ${page.number}, which is not public`;
  const repeats =
    afterLogout === undefined
      ? 'Auth0 still has a session, so that a login that is denied there repeats endlessly: the browser says "too many redirects".'
      : 'The logout before it ended the session at Auth0, so that the user is asked to sign in again and again, and never sees the reason.';
  return [
    {
      ...placeOf(scheme, own ? 'p_invalid_session_url' : 'p_invalid_session_type'),
      id: 'invalid-session-protected',
      status: own ? 'fail' : 'warn',
      effect: 'loop',
      found: `A failed sign-in with scheme "${name}" ends on ${what}. ${repeats}`,
      remedy,
    },
  ];
}

/** Every landing page of the policy. Those of other applications are not in this export. */
function landing(diagnosed: DiagnosedScheme): DoctorFinding[] {
  const { policy } = diagnosed.context;
  return policy === undefined ? [] : landingPagesOf(policy).flatMap((address) => landingAt(address, diagnosed));
}

function landingAt(address: string, { exported, tenants }: DiagnosedScheme): DoctorFinding[] {
  const { application } = exported;
  if (application === undefined) return [];
  const at = { file: application.file, line: application.line, status: 'fail' as const, effect: 'loop' as const };
  if (signInStart(address, tenants) !== undefined) {
    const found = `The landing page of the policy (${address}) begins a sign-in: refused users are redirected endlessly.`;
    const remedy = 'Name a public page of the application as landingPage, without APEX_AUTHENTICATION.';
    return [{ ...at, id: 'landing-signs-in', found, remedy }];
  }
  // It may belong to another application.
  const key = pageKey(exported, address);
  if (key === undefined) return [];
  const page = pageAt(exported, address);
  if (page === undefined) {
    const found = `The landing page of the policy, ${key}, is not in this application: refused users end on an error page, or are asked to sign in again.`;
    return [{ ...at, id: 'landing-missing', found, remedy: 'Add that page, as a public one.' }];
  }
  return [...landingRefused(page), ...landingBehindApplication(application, page)];
}

function landingRefused(page: ExportedPage): DoctorFinding[] {
  if (page.isPublic && !page.restricted) return [];
  const why = page.isPublic ? 'has an authorization scheme' : 'is not public';
  return [
    {
      file: page.file,
      line: page.line,
      id: 'landing-protected',
      status: 'fail',
      effect: page.isPublic ? 'lock-out' : 'loop',
      found: `Page ${page.number}, which refused users end on, ${why}: ${page.isPublic ? 'they never see the reason' : 'they are asked to sign in again, and are redirected endlessly'}.`,
      remedy: REMEDIES['landing-protected'],
    },
  ];
}

function landingBehindApplication(application: ExportCall, page: ExportedPage): DoctorFinding[] {
  const everywhere = textOf(application, 'p_authorize_public_pages_yn') === 'Y';
  if (!application.parameters.has('p_security_scheme') || !everywhere) return [];
  return [
    {
      ...placeOf(application, 'p_authorize_public_pages_yn'),
      id: 'landing-behind-authorization',
      status: 'fail',
      effect: 'lock-out',
      found: `The application's authorization scheme also protects public pages, including page ${page.number} for refused users: they never see the reason.`,
      remedy: 'Security Attributes > Authorization > Run on Public Pages: No.',
    },
  ];
}

/** Decodes an address, for substitutions within a parameter; the address itself if it cannot be decoded. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
