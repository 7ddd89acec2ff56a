import { REMEDIES } from '../mistake-remedies.ts';
import type { SchemeAttributes } from './scheme-attributes.ts';

/** The classic mistakes that the stand-in can be started with. */
export type MistakeName =
  | 'post-logout-home'
  | 'landing-protected'
  | 'missing-callback'
  | 'verify-clash'
  | 'comma-scope'
  | 'groups-not-custom';

export interface ClassicMistake {
  readonly name: MistakeName;
  /** The symptom, as users report it. */
  readonly symptom: string;
  /** Steps that show it in the stand-in. */
  readonly meet: string;
  /** The settings of the scheme or the application that cause it. */
  readonly attributes: Partial<SchemeAttributes>;
}

/**
 * Each mistake as settings of APEX. Two need more than APEX: `missing-callback` leaves the address out on the tenant, and
 * `verify-clash` needs a policy that admits unverified addresses.
 *
 * @see Oracle APEX, Social Sign-In, Authentication Scheme attributes and Security Attributes
 */
export const MISTAKES: Readonly<Record<MistakeName, ClassicMistake>> = {
  'post-logout-home': {
    name: 'post-logout-home',
    symptom: 'I sign out, and am signed in again at once.',
    meet: 'sign in as a user who is let in, then sign out',
    attributes: { postLogout: 'HOME', endSession: 'off' },
  },
  'landing-protected': {
    name: 'landing-protected',
    symptom: 'I sign in, and am asked to sign in again, and never see why.',
    meet: 'sign in as a user who is refused',
    attributes: { landingPublic: false },
  },
  'missing-callback': {
    name: 'missing-callback',
    symptom: 'An error page instead of the login page: Callback URL mismatch.',
    meet: 'open the application',
    attributes: {},
  },
  'verify-clash': {
    name: 'verify-clash',
    symptom: 'The browser says that there were too many redirects.',
    meet: 'sign in as a user whose address is not confirmed',
    attributes: { verifyAttributes: true, usernameAttribute: 'email', invalidSessionType: 'LOGIN' },
  },
  'comma-scope': {
    name: 'comma-scope',
    symptom: 'APEX says: Null username passed to login procedure.',
    meet: 'sign in as a user who is let in',
    attributes: { scope: 'profile email', usernameAttribute: 'email' },
  },
  'groups-not-custom': {
    name: 'groups-not-custom',
    symptom: 'I have the role, and every page that asks for it says no.',
    meet: 'sign in with a role, and look at the schemes',
    attributes: { groupSource: 'other' },
  },
};

export const MISTAKE_NAMES = Object.values(MISTAKES).map(({ name }) => name);

/** The symptoms whose cause the stand-in can name when they occur. */
export type SymptomName = MistakeName | 'invalid-session-protected';

/** The cause and the cure of each symptom. */
export const CAUSES: Readonly<Record<SymptomName, { readonly cause: string; readonly cure: string }>> = {
  'post-logout-home': {
    cause:
      'The sign-out ends on a page that asks for a sign-in. The next one begins at once, and if Auth0 still has a session, no user is asked for a password.',
    cure: REMEDIES['post-logout-home'],
  },
  'landing-protected': {
    cause: 'The page that refused users end on is not public: APEX answers with a sign-in instead of the reason.',
    cure: REMEDIES['landing-protected'],
  },
  'missing-callback': {
    cause: 'The tenant does not take the callback of this application: it is not among the Allowed Callback URLs.',
    cure: REMEDIES['missing-callback'],
  },
  'verify-clash': {
    cause:
      'Auth0 lets people without a verified e-mail address in, and APEX refuses them (Verify Attributes). A failed sign-in ends on a page that asks for a sign-in, Auth0 still has a session, and so on endlessly.',
    cure: REMEDIES['verify-clash'],
  },
  'comma-scope': {
    cause:
      'The scope is separated by blanks, and APEX documents commas. Here a name with a blank in it requests nothing, so the response has no e-mail address; the request of a real APEX was not observed.',
    cure: 'Scope: profile,email',
  },
  'groups-not-custom': {
    cause:
      'The post-authentication procedure sets dynamic groups, and the application looks for groups elsewhere: every authorization scheme that asks for one fails.',
    cure: REMEDIES['groups-not-custom'],
  },
  'invalid-session-protected': {
    cause:
      'Auth0 denied the login. A failed sign-in ends on a page that asks for a sign-in, which is denied again without a question, and so on endlessly.',
    cure: REMEDIES['invalid-session-protected'],
  },
};
