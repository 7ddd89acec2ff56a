import { CURES } from '../cures.ts';
import type { StandInKnobs } from './stand-in-knobs.ts';

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
  /** What people see, as they report it. */
  readonly symptom: string;
  /** How to meet it here. */
  readonly meet: string;
  /** How the scheme or the application is set. */
  readonly knobs: Partial<StandInKnobs>;
}

/**
 * Each mistake as settings of APEX. Two are not made in APEX alone: `missing-callback` leaves the address out at the tenant, and
 * `verify-clash` needs a policy that admits unverified addresses.
 *
 * @see Oracle APEX, Social Sign-In, Authentication Scheme attributes and Security Attributes
 */
export const MISTAKES: Readonly<Record<MistakeName, ClassicMistake>> = {
  'post-logout-home': {
    name: 'post-logout-home',
    symptom: 'I sign out, and am signed in again at once.',
    meet: 'sign in as anybody who is let in, then sign out',
    knobs: { postLogout: 'HOME', endSession: 'off' },
  },
  'landing-protected': {
    name: 'landing-protected',
    symptom: 'I sign in, and am asked to sign in again, and never told why.',
    meet: 'sign in as somebody who is refused',
    knobs: { landingPublic: false },
  },
  'missing-callback': {
    name: 'missing-callback',
    symptom: 'An error page in place of the login page: Callback URL mismatch.',
    meet: 'open the application',
    knobs: {},
  },
  'verify-clash': {
    name: 'verify-clash',
    symptom: 'The browser says that there were too many redirects.',
    meet: 'sign in as somebody whose address is not confirmed',
    knobs: { verifyAttributes: true, usernameAttribute: 'email', invalidSessionType: 'LOGIN' },
  },
  'comma-scope': {
    name: 'comma-scope',
    symptom: 'APEX says: Null username passed to login procedure.',
    meet: 'sign in as anybody who is let in',
    knobs: { scope: 'profile email', usernameAttribute: 'email' },
  },
  'groups-not-custom': {
    name: 'groups-not-custom',
    symptom: 'I have the role, and every page that asks for it says no.',
    meet: 'sign in with a role, and look at the schemes',
    knobs: { groupSource: 'other' },
  },
};

export const MISTAKE_NAMES = Object.values(MISTAKES).map(({ name }) => name);

/** What the stand-in can tell the cause of when it sees it happen. */
export type SymptomName = MistakeName | 'invalid-session-protected';

/** The settings that a mistake is made of, and what it comes from. */
export const CAUSES: Readonly<Record<SymptomName, { readonly cause: string; readonly cure: string }>> = {
  'post-logout-home': {
    cause:
      'The sign-out ends on a page that asks for a sign-in. The next one begins at once, and where Auth0 still has a session nobody is asked for a password.',
    cure: CURES['post-logout-home'],
  },
  'landing-protected': {
    cause: 'The page where the refused end up is not public: APEX answers with a sign-in instead of the reason.',
    cure: CURES['landing-protected'],
  },
  'missing-callback': {
    cause: 'The tenant does not take the callback of this application: it is not among the Allowed Callback URLs.',
    cure: CURES['missing-callback'],
  },
  'verify-clash': {
    cause:
      'Auth0 lets people without a verified e-mail address in, and APEX refuses them (Verify Attributes). A failed sign-in ends on a page that asks for a sign-in, Auth0 still has a session, and so on for ever.',
    cure: CURES['verify-clash'],
  },
  'comma-scope': {
    cause:
      'The scope is separated by blanks where APEX documents commas. Here a name with a blank in it asks for nothing, so that the answer has no e-mail address; what a real APEX then asks for was not seen.',
    cure: 'Scope: profile,email',
  },
  'groups-not-custom': {
    cause:
      'The post-authentication procedure sets dynamic groups, and the application looks for groups elsewhere: every authorization scheme that asks for one fails.',
    cure: CURES['groups-not-custom'],
  },
  'invalid-session-protected': {
    cause:
      'Auth0 denied the login. A failed sign-in ends on a page that asks for a sign-in, which is denied again without a question, and so on for ever.',
    cure: CURES['invalid-session-protected'],
  },
};
