import { passwordProblems } from '../accounts/password-policy.ts';
import { signUpProblems } from '../accounts/sign-up.ts';
import { deniedSignUp } from '../accounts/sign-up-actions.ts';
import { unknownOrganization } from '../authorize/organizations/choose-organization.ts';
import { invalidCodeFormat, tooManyMails, wrongCode } from '../multifactor/challenge-pages.ts';
import { unconfirmedCode } from '../multifactor/enrolment-pages.ts';
import { type FormProblem, invitationProblem, loginProblem, loginReasons } from './forms/form-problem.ts';
import { parseLoginForm, parseSignUpForm } from './forms/parse-forms.ts';
import { parseNewPasswordForm, parseResetRequestForm } from './forms/parse-reset-forms.ts';

/** A text with a character that no form accepts. */
const UNREADABLE = '\u0000';

const login = (part: 'whole' | 'identifier' | 'password') => [
  ...loginReasons.map(loginProblem),
  ...problemsIn(parseLoginForm({}, part), parseLoginForm({ username: UNREADABLE }, part)),
];

const signUp = (part: 'whole' | 'identifier' | 'password') => [
  ...problemsIn(parseSignUpForm({}, part), parseSignUpForm({ email: UNREADABLE }, part)),
  ...Object.values(signUpProblems),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of Auth0.
  invitationProblem('${email}'),
  loginProblem('suspicious_address'),
  deniedSignUp(undefined),
  ...(part === 'identifier' ? [] : weakPasswords()),
];

const challenge = [invalidCodeFormat, wrongCode];

/** The mistakes that a screen may report, by its name. */
const problems: Readonly<Record<string, () => readonly FormProblem[]>> = {
  login: () => login('whole'),
  'login-id': () => login('identifier'),
  'login-password': () => login('password'),
  signup: () => signUp('whole'),
  'signup-id': () => signUp('identifier'),
  'signup-password': () => signUp('password'),
  'reset-password-request': () => problemsIn(parseResetRequestForm({}), parseResetRequestForm({ email: UNREADABLE })),
  'reset-password': () => [
    ...problemsIn(
      parseNewPasswordForm({}),
      parseNewPasswordForm({ 'password-reset': UNREADABLE }),
      parseNewPasswordForm({ 'password-reset': 'one', 're-enter-password': 'other' }),
    ),
    ...weakPasswords(),
  ],
  'organization-selection': () => [unknownOrganization],
  'organization-picker': () => [unknownOrganization],
  'mfa-otp-challenge': () => challenge,
  'mfa-otp-enrollment-qr': () => challenge,
  'mfa-email-challenge': () => [...challenge, tooManyMails],
  'mfa-recovery-code-challenge': () => [wrongCode],
  'mfa-recovery-code-enrollment': () => [unconfirmedCode],
};

/**
 * The mistakes that a screen of Universal Login may report to its user, one for each code.
 *
 * @example
 * screenProblems('mfa-otp-challenge').map(({ code }) => code) // ['invalid-otp-code-format', 'invalid-code']
 */
export function screenProblems(screen: string): readonly FormProblem[] {
  const all = Object.hasOwn(problems, screen) ? (problems[screen]?.() ?? []) : [];
  return [...new Map(all.map((problem) => [problem.code, problem])).values()];
}

type Parsed = { readonly kind: string; readonly problems?: readonly FormProblem[] };

function problemsIn(...forms: readonly Parsed[]): readonly FormProblem[] {
  return forms.flatMap((form) => form.problems ?? []);
}

/** Passwords that together break all rules that a database may have. */
function weakPasswords(): readonly FormProblem[] {
  const name = `aaa${UNREADABLE}`;
  const strictest = {
    minimumLength: 10,
    characters: 'three',
    refusesRepetition: true,
    dictionary: [name],
    refusesPersonalInformation: true,
  } as const;
  return [...passwordProblems(name, strictest, [name]), ...passwordProblems('a'.repeat(100))];
}
