import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import { passwordPolicyOf, passwordRules } from '../accounts/password-policy.ts';
import type { Page } from './pages/document.ts';
import { emailChallengePage, otpChallengePage, recoveryCodeChallengePage } from './pages/factors/mfa-challenge-page.ts';
import { recoveryCodePage } from './pages/factors/mfa-enrolment-pages.ts';
import { checkMailPage, forgottenPasswordPage } from './pages/forgotten-password-page.ts';
import { loginPage } from './pages/login-page.ts';
import { loggedOutPage } from './pages/logout-pages.ts';
import { passwordChangedPage, resetPasswordPage } from './pages/new-password-page.ts';
import { organizationNamePage, organizationPickerPage } from './pages/organization-pages.ts';
import { signUpPage } from './pages/sign-up-page.ts';
import { providerName } from './provider-name.ts';
import { type ScreenContent, screenContent } from './screen-content.ts';

/** The application, the user and the language of a preview. */
export interface SampleRequest {
  readonly client: ClientRecord | undefined;
  readonly organization?: OrganizationRecord | undefined;
  /** The e-mail address of the user. */
  readonly email: string;
  /** The language of the texts. */
  readonly locales?: string | undefined;
}

interface Sample extends SampleRequest {
  readonly store: Store;
  readonly content: ScreenContent;
  readonly applicationName: string;
  /** The target of forms and links: a preview has no login. */
  readonly nowhere: { readonly state: string; readonly action: string };
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
    'reset-password': ({ nowhere, content, email, store }) =>
      resetPasswordPage({ ...nowhere, content, account: email, passwordRules: rulesOf(store) }),
    'reset-password-success': ({ content }) => passwordChangedPage(content),
  },
  organizations: {
    'organization-selection': (sample) =>
      organizationNamePage({ ...factorView(sample), takesName: true, takesEmail: false }),
    'organization-picker': (sample) =>
      organizationPickerPage({ ...factorView(sample), organizations: organizationsOf(sample) }),
  },
  'mfa-otp': { 'mfa-otp-challenge': (sample) => otpChallengePage({ ...factorView(sample), rememberable: true }) },
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
  logout: { 'logout-complete': ({ content }) => loggedOutPage(content) },
};

/**
 * The screens of a prompt that {@link samplePage} renders.
 *
 * @param prompt all screens unless set
 * @example
 * sampleScreens('reset-password') // [{ prompt: 'reset-password', screen: 'reset-password-request' }, …]
 */
export function sampleScreens(prompt?: string): readonly { readonly prompt: string; readonly screen: string }[] {
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
  { prompt, screen }: { readonly prompt: string; readonly screen: string },
  request: SampleRequest,
  stylesheet: string,
): Page | undefined {
  const render = Object.hasOwn(screens, prompt) ? screens[prompt]?.[screen] : undefined;
  const { client, organization, email, locales } = request;
  const variables = { email };
  const own = screenContent(store, undefined, { prompt, screen, client, organization, locales, variables });
  return render?.({
    ...request,
    store,
    content: { ...own, stylesheet },
    applicationName: client?.name ?? 'Sample application',
    nowhere: { state: 'preview', action: '#' },
  });
}

function login(
  { applicationName, nowhere, email, content, ...sample }: Sample,
  part: 'whole' | 'identifier' | 'password',
) {
  return loginPage({
    ...nowhere,
    applicationName,
    content,
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
  { applicationName, nowhere, email, content, ...sample }: Sample,
  part: 'whole' | 'identifier' | 'password',
) {
  return signUpPage({
    ...nowhere,
    applicationName,
    content,
    part,
    identifierUrl: '#',
    loginUrl: '#',
    email: part === 'password' ? email : undefined,
    passwordRules: rulesOf(sample.store),
    connections: providersOf(sample),
  });
}

const factorView = ({ applicationName, nowhere, content }: Sample) => ({
  ...nowhere,
  applicationName,
  content,
  problems: [],
});

/** The providers that the application's login page offers. */
function providersOf({ store, client }: Pick<Sample, 'store' | 'client'>) {
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
