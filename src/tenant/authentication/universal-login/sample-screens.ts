import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import { verificationMessages } from '../accounts/email-verification/verify-email.ts';
import { passwordPolicyOf, passwordRules } from '../accounts/password-policy.ts';
import type { FormProblem } from './forms/form-problem.ts';
import type { Page } from './pages/document.ts';
import { emailVerifiedPage } from './pages/email-verified-page.ts';
import { emailChallengePage, otpChallengePage, recoveryCodeChallengePage } from './pages/factors/mfa-challenge-page.ts';
import { otpEnrolmentPage, recoveryCodePage } from './pages/factors/mfa-enrolment-pages.ts';
import { factorOptionsPage } from './pages/factors/mfa-options-page.ts';
import { qrCodePicture } from './pages/factors/qr-code-picture.ts';
import { checkMailPage, forgottenPasswordPage } from './pages/forgotten-password-page.ts';
import { loginPage } from './pages/login-page.ts';
import { loggedOutPage, logoutConfirmPage } from './pages/logout-pages.ts';
import { passwordChangedPage, resetPasswordPage } from './pages/new-password-page.ts';
import { organizationNamePage, organizationPickerPage } from './pages/organization-pages.ts';
import { signUpPage } from './pages/sign-up-page.ts';
import { providerName } from './provider-name.ts';
import { type ScreenContent, screenContent } from './screen-content.ts';
import { screenProblems } from './screen-problems.ts';

/** The application, the user and the language of a preview. */
export interface SampleRequest {
  readonly client: ClientRecord | undefined;
  readonly organization?: OrganizationRecord | undefined;
  /** The e-mail address of the user. */
  readonly email: string;
  /** The language of the texts. */
  readonly locales?: string | undefined;
}

export interface SampleScreen {
  readonly prompt: string;
  readonly screen: string;
}

interface Sample extends SampleRequest {
  readonly store: Store;
  readonly content: ScreenContent;
  readonly applicationName: string;
  /** The target of forms and links: a preview has no login. */
  readonly nowhere: { readonly state: string; readonly action: string };
  /** Empty unless the sample has all that the screen may show. */
  readonly problems: readonly FormProblem[];
  /** Whether the sample has all that the screen may show, even if no login shows all of it. */
  readonly complete: boolean;
}

/** The screens that have a sample, by their prompt. */
const screens: Readonly<Record<string, Readonly<Record<string, (sample: Sample) => Page>>>> = {
  login: { login: (sample) => login(sample, 'whole') },
  'login-id': { 'login-id': (sample) => login(sample, 'identifier') },
  'login-password': { 'login-password': (sample) => login(sample, 'password') },
  signup: { signup: (sample) => signUp(sample, 'whole') },
  'signup-id': { 'signup-id': (sample) => signUp(sample, 'identifier') },
  'signup-password': { 'signup-password': (sample) => signUp(sample, 'password') },
  'reset-password': {
    'reset-password-request': ({ nowhere, ...sample }) =>
      forgottenPasswordPage({ ...sample, ...nowhere, loginUrl: '#', email: undefined }),
    'reset-password-email': ({ email, content }) => checkMailPage({ email, content, loginUrl: '#' }),
    'reset-password': ({ nowhere, content, email, problems, store }) =>
      resetPasswordPage({ ...nowhere, content, problems, account: email, passwordRules: rulesOf(store) }),
    'reset-password-success': ({ content }) => passwordChangedPage(content),
  },
  'email-verification': {
    'email-verification-result': ({ content }) => emailVerifiedPage(content, verificationMessages.success),
  },
  organizations: {
    'organization-selection': (sample) =>
      organizationNamePage({ ...factorView(sample), takesName: true, takesEmail: false }),
    'organization-picker': (sample) =>
      organizationPickerPage({ ...factorView(sample), organizations: organizationsOf(sample) }),
  },
  mfa: {
    'mfa-login-options': (sample) => factorOptionsPage({ ...factorView(sample), enrols: false, factors: simulated }),
    'mfa-begin-enroll-options': (sample) =>
      factorOptionsPage({ ...factorView(sample), enrols: true, factors: simulated }),
  },
  'mfa-otp': {
    'mfa-otp-challenge': (sample) => otpChallengePage({ ...factorView(sample), rememberable: true }),
    'mfa-otp-enrollment-qr': (sample) =>
      otpEnrolmentPage({
        ...factorView(sample),
        secret: 'SAMPLE0SECRET0OF0A0PREVIEW',
        address: '#',
        picture: qrCodePicture('otpauth://totp/Sample?secret=SAMPLE0SECRET0OF0A0PREVIEW'),
      }),
  },
  'mfa-email': {
    'mfa-email-challenge': (sample) =>
      emailChallengePage({ ...factorView(sample), rememberable: true, address: sample.email }),
  },
  'mfa-recovery-code': {
    'mfa-recovery-code-challenge': (sample) =>
      recoveryCodeChallengePage({ ...factorView(sample), rememberable: false }),
    'mfa-recovery-code-enrollment': (sample) =>
      recoveryCodePage({ ...factorView(sample), code: 'SAMPLE0CODE0OF0A0PREVIEW' }),
  },
  logout: {
    logout: ({ content, applicationName }) =>
      logoutConfirmPage({ formMarkup: '', formId: 'sample', content, applicationName }),
    'logout-complete': ({ content }) => loggedOutPage(content),
  },
};

const simulated: readonly SimulatedFactor[] = ['otp', 'email', 'recovery-code'];

/**
 * The screens of a prompt that {@link samplePage} renders.
 *
 * @param prompt all screens unless set
 * @example
 * sampleScreens('reset-password') // [{ prompt: 'reset-password', screen: 'reset-password-request' }, …]
 */
export function sampleScreens(prompt?: string): readonly SampleScreen[] {
  const prompts = prompt === undefined ? Object.keys(screens) : Object.hasOwn(screens, prompt) ? [prompt] : [];
  return prompts.flatMap((one) => Object.keys(screens[one] ?? {}).map((screen) => ({ prompt: one, screen })));
}

/**
 * A screen of Universal Login as users would see it, outside of a login. The tenant's own pages render it.
 *
 * @param stylesheet path of the style sheet
 * @returns `undefined` for a screen without a sample
 * @example
 * samplePage(store, { prompt: 'login', screen: 'login' }, { client, email: 'ada@example.com' }, stylesheetPath);
 */
export function samplePage(
  store: Store,
  { prompt, screen }: SampleScreen,
  request: SampleRequest,
  stylesheet: string,
): Page | undefined {
  const { client, organization, email, locales } = request;
  const variables = { email };
  const own = screenContent(store, undefined, { prompt, screen, client, organization, locales, variables });
  return rendererOf(
    prompt,
    screen,
  )?.({
    ...request,
    store,
    content: { ...own, stylesheet },
    applicationName: client?.name ?? 'Sample application',
    nowhere,
    problems: [],
    complete: false,
  });
}

/**
 * A screen with all that it may show: every field, and every mistake that it reports. Names are the placeholders of texts.
 *
 * @param content texts of the screen
 * @returns `undefined` for a screen without a sample
 * @example
 * completePage(store, { prompt: 'login', screen: 'login' }, content)?.heading // 'Welcome'
 */
export function completePage(store: Store, { prompt, screen }: SampleScreen, content: ScreenContent): Page | undefined {
  return rendererOf(
    prompt,
    screen,
  )?.({
    client: undefined,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of Auth0.
    email: '${email}',
    store,
    content,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of Auth0.
    applicationName: '${clientName}',
    nowhere,
    problems: screenProblems(screen),
    complete: true,
  });
}

const nowhere = { state: 'preview', action: '#' };

function rendererOf(prompt: string, screen: string): ((sample: Sample) => Page) | undefined {
  return Object.hasOwn(screens, prompt) ? screens[prompt]?.[screen] : undefined;
}

function login(
  { applicationName, nowhere, email, content, problems, ...sample }: Sample,
  part: 'whole' | 'identifier' | 'password',
) {
  return loginPage({
    ...nowhere,
    applicationName,
    content,
    problems,
    part,
    identifierUrl: '#',
    username: part === 'password' ? email : undefined,
    connections: providersOf(sample),
    database: true,
    signUpAllowed: true,
    signUpUrl: '#',
    resetPasswordUrl: '#',
  });
}

function signUp(
  { applicationName, nowhere, email, content, problems, ...sample }: Sample,
  part: 'whole' | 'identifier' | 'password',
) {
  return signUpPage({
    ...nowhere,
    applicationName,
    content,
    problems,
    part,
    identifierUrl: '#',
    loginUrl: '#',
    asksForUsername: sample.complete,
    email: part === 'password' ? email : undefined,
    passwordRules: rulesOf(sample.store),
    connections: providersOf(sample),
  });
}

const factorView = ({ applicationName, nowhere, content, problems, complete }: Sample) => ({
  ...nowhere,
  applicationName,
  content,
  problems,
  ...(complete && { otherMethodUrl: '#' }),
});

/** The providers that the application's login page offers. */
function providersOf({ store, client, complete }: Pick<Sample, 'store' | 'client' | 'complete'>) {
  if (complete) return [{ name: 'sample', displayName: 'Google', strategy: 'google-oauth2' }];
  return store.connections
    .listEnabledFor(client?.client_id ?? '')
    .filter(({ strategy }) => strategy !== 'auth0')
    .map((connection) => ({
      name: connection.name,
      displayName: providerName(connection),
      strategy: connection.strategy,
    }));
}

/** The rules of the tenant's first database. */
function rulesOf(store: Store): readonly string[] {
  const [database] = store.connections.list({ strategy: ['auth0'] }, { page: 0, perPage: 1 }).rows;
  return passwordRules(passwordPolicyOf(database ?? { options: {} }));
}

function organizationsOf({ store }: Sample): readonly { readonly id: string; readonly name: string }[] {
  const { rows } = store.organizations.list({ page: 0, perPage: 3 });
  if (rows.length === 0) return [{ id: 'sample', name: 'Sample organization' }];
  return rows.map(({ id, name, display_name = name }) => ({ id, name: display_name }));
}
