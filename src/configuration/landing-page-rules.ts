import type { Complaint } from './complaint.ts';

const expected = 'the absolute URL of a public page, such as https://apex.example.com/ords/r/team/app/refused';
/** The database keeps the address, encoded as a parameter of a sign-out, in 4,000 bytes: three for each character. */
const LONGEST_PAGE = 1000;
/** The database keeps the encoded part behind the # in 1,000 bytes. */
const LONGEST_FRAGMENT = 300;
const STARTS_A_LOGIN = 'A refused user would be signed in again at once, and refused again.';

/**
 * Checks the page that refused users end on.
 *
 * Sources: Oracle APEX documentation, "Social Sign-In" (`request=APEX_AUTHENTICATION=…` starts a login, and
 * `apex_authentication.callback` ends one), and "Understanding URL Syntax" (`f?p=App:Page:Session:Request`).
 *
 * @example checkLandingPage('/refused')?.expected // 'the absolute URL of a public page, such as …'
 */
export function checkLandingPage(page: string): Complaint | undefined {
  const url = /\s/.test(page) ? null : URL.parse(page);
  if (url === null) return { expected, advice: 'A browser is sent there from Auth0, so it needs https:// and a host.' };
  if (!/^https?:\/\/[^/]/i.test(page)) return { expected, advice: 'Write it with https:// in front.' };
  if (url.username !== '' || url.password !== '') {
    return { expected, found: 'a URL with a user name or password in it', advice: 'Every refused user sees it.' };
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { expected, advice: 'Plain http is for this machine alone (localhost); write https://.' };
  }
  if (url.hostname.includes('*')) return { expected, advice: 'Name one host: a browser cannot go to a wildcard.' };
  return checkLength(url) ?? checkPath(url) ?? checkParameters(url);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

function checkLength({ href, hash }: URL): Complaint | undefined {
  const { length } = href;
  if (length > LONGEST_PAGE) {
    const advice = `It has ${length} characters as a browser sends it: leave out parameters, or give the page a short alias.`;
    return { expected: `${expected}, of at most ${LONGEST_PAGE} characters`, found: 'a longer URL', advice };
  }
  if (hash.length <= LONGEST_FRAGMENT) return undefined;
  const advice = `At most ${LONGEST_FRAGMENT} characters may stand behind the #.`;
  return { expected, found: 'a URL with a longer part behind the #', advice };
}

function checkPath(url: URL): Complaint | undefined {
  const path = url.pathname.toLowerCase();
  if (/\/apex_authentication\.callback2?$/.test(path)) {
    return { expected, advice: 'This is the address where APEX ends a login, not a page to read. Name a public page.' };
  }
  if (/\/(apex_authentication\.logout|authorize|v2\/logout|oidc\/logout)$/.test(path)) {
    return { expected, advice: `This address is a step of signing in or out. ${STARTS_A_LOGIN}` };
  }
  return undefined;
}

function checkParameters(url: URL): Complaint | undefined {
  const parameters = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const [, , classicSession, classicRequest] = (parameters.get('p') ?? '').split(':');
  const requests = [parameters.get('request'), classicRequest];
  if (requests.some((request) => request?.toUpperCase().startsWith('APEX_AUTHENTICATION'))) {
    return { expected, advice: `request=APEX_AUTHENTICATION starts a login. ${STARTS_A_LOGIN} Leave it out.` };
  }
  const sessions = [parameters.get('session'), classicSession];
  if (sessions.some((session) => session !== undefined && session !== '' && session !== '0')) {
    return {
      expected,
      found: 'the URL of a page within one session',
      advice: 'It was copied from a browser: leave the session out, so that every user gets a session of their own.',
    };
  }
  return undefined;
}
