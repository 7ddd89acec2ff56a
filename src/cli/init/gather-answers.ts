import { normalizeTenantDomain } from '../../configuration/environment.ts';
import { checkLandingPage } from '../../configuration/landing-page-rules.ts';
import { checkRoleName } from '../../configuration/name-rules.ts';
import { Problem } from '../../problem/problem.ts';
import type { Terminal } from '../terminal.ts';
import { askSeveral, askText, type Question } from './ask.ts';
import {
  apexBase,
  defaultClaim,
  type InitAnswers,
  type InitOrganization,
  pageAddress,
  parseAdmitted,
  parseOrganization,
} from './init-answers.ts';
import { checkPeople, type InitRule, parsePeople } from './init-rules.ts';
import { tenantApplications } from './tenant-applications.ts';
import type { TestRunner } from './testing-files.ts';

/** The options of `portcullis init`. */
export interface InitOptions {
  readonly config?: string;
  readonly domain?: string;
  readonly application: readonly string[];
  readonly apexUrl?: string;
  readonly workspace?: string;
  readonly apexApplication?: string;
  readonly scheme?: string;
  readonly landingPage?: string;
  readonly signedOutPage?: string;
  readonly claim?: string;
  /** `false`: no default role. */
  readonly defaultRole?: string | false;
  readonly organization: readonly string[];
  /** E-mail addresses and domains of users who never enter. */
  readonly refuse: readonly string[];
  /** A role, = and e-mail addresses and domains. */
  readonly admit: readonly string[];
  /** Whether the example of a test is written instead of a configuration. */
  readonly testing?: boolean;
  /** The runner of that test. */
  readonly runner?: TestRunner;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Answers one question: from the options, from the user, or with the default. */
type Answer = (option: string, known: string | undefined, question: Question) => Promise<string>;

const DEFAULT_ROLE = 'APEX User';
const DEFAULT_SCHEME = 'Auth0';

/**
 * Collects the answers, and asks for those that are not given as options.
 *
 * @param environmentDomain the value of `AUTH0_DOMAIN`
 * @param terminal the terminal to ask on; absent if the user cannot be asked
 * @throws {Problem} `answer_needed` if the user cannot be asked, `organization_unreadable`, `rule_unreadable`
 * @throws {Problem} `cancelled`
 */
export async function gatherAnswers(
  options: InitOptions,
  environmentDomain: string | undefined,
  terminal: Terminal | undefined,
): Promise<InitAnswers> {
  const answer: Answer = async (option, known, question) => {
    if (known !== undefined) return known;
    if (terminal !== undefined) return await askText(question, terminal);
    if (question.defaultAnswer !== undefined) return question.defaultAnswer;
    throw new Problem(
      'answer_needed',
      `${question.message} The question cannot be asked here.`,
      `Answer it with an option: ${option}`,
    );
  };
  const organizations = options.organization.map(readOrganization);
  const admitted = options.admit.map(readAdmitted);
  const never = options.refuse.flatMap(parsePeople);
  const domain = await askDomain(answer, options.domain ?? environmentDomain);
  const applications =
    options.application.length > 0 ? options.application : await askApplications(answer, domain, terminal);
  const apexUrl = apexBase(await askApexUrl(answer, options.apexUrl));
  const pages = await askPages(answer, apexUrl, options);
  const claim = await answer('--claim', options.claim ?? defaultClaim(apexUrl), {
    message: 'The claim for the roles?',
  });
  const defaultRole = options.defaultRole === false ? '' : await askDefaultRole(answer, options.defaultRole);
  return {
    domain,
    applications,
    apexUrl,
    ...pages,
    scheme: await askScheme(answer, options.scheme),
    claim,
    // A role cannot have an empty name: a user who wants no role leaves the answer empty.
    defaultRole: defaultRole === '' ? undefined : defaultRole,
    organizations:
      organizations.length > 0 || terminal === undefined ? organizations : await askOrganizations(terminal),
    admitted: admitted.length > 0 || terminal === undefined ? admitted : await askAdmitted(terminal),
    never: never.length > 0 || terminal === undefined ? never : await askNever(terminal),
  };
}

async function askDomain(answer: Answer, known: string | undefined): Promise<string> {
  return await answer('--domain example.eu.auth0.com', known, {
    message: "The tenant's domain, such as example.eu.auth0.com?",
    check: (text) => (normalizeTenantDomain(text) === undefined ? 'The host alone, without https://' : undefined),
  });
}

async function askApplications(
  answer: Answer,
  domain: string,
  terminal: Terminal | undefined,
): Promise<readonly string[]> {
  const known = terminal === undefined ? [] : ((await tenantApplications(domain, terminal)) ?? []);
  if (terminal !== undefined && known.length > 0) {
    return await askSeveral('Which applications are guarded?', known, terminal);
  }
  const named = await answer('--application APEX', undefined, {
    message: 'The application to guard, by its name in Auth0?',
    check: required,
  });
  return [named];
}

async function askApexUrl(answer: Answer, known: string | undefined): Promise<string> {
  return await answer('--apex-url https://apex.example.com/ords', known, {
    message: 'The part of the APEX application’s address before /r/ or /f?p=?',
    check: (text) =>
      /^https?:\/\/[^/]/i.test(text) && URL.canParse(text) ? undefined : 'Such as https://apex.example.com/ords',
  });
}

async function askPages(answer: Answer, apexUrl: string, options: InitOptions) {
  const { landingPage, signedOutPage, workspace, apexApplication } = options;
  if (landingPage !== undefined && signedOutPage !== undefined) {
    return { landingPage, signedOutPage, workspace, apexApplication };
  }
  const path = await answer('--workspace team', workspace, {
    message: 'The workspace, as it follows /r/ in addresses?',
    check: required,
  });
  const alias = await answer('--apex-application app', apexApplication, {
    message: 'The APEX application, as it follows the workspace?',
    check: required,
  });
  const page = (name: string) => pageAddress(apexUrl, path, alias, name);
  return {
    workspace: path,
    apexApplication: alias,
    landingPage: await answer('--landing-page', landingPage, {
      message: 'The public page for refused users?',
      defaultAnswer: page('refused'),
      check: (text) => checkLandingPage(text)?.advice,
    }),
    signedOutPage: await answer('--signed-out-page', signedOutPage, {
      message: 'The public page that a sign-out ends on?',
      defaultAnswer: page('signed-out'),
      check: (text) => checkLandingPage(text)?.advice,
    }),
  };
}

async function askScheme(answer: Answer, known: string | undefined): Promise<string> {
  return await answer('--scheme', known, {
    message: "The name of the application's authentication scheme?",
    defaultAnswer: DEFAULT_SCHEME,
    check: required,
  });
}

async function askDefaultRole(answer: Answer, known: string | undefined): Promise<string> {
  return await answer('--default-role', known, {
    message: 'The role for every verified user? Empty: refuse users without a role.',
    defaultAnswer: DEFAULT_ROLE,
  });
}

async function askOrganizations(terminal: Terminal): Promise<InitOrganization[]> {
  const organizations: InitOrganization[] = [];
  for (;;) {
    const question = {
      message: `${organizations.length === 0 ? 'An' : 'Another'} organisation, such as ORG:WATER=water.example? Empty: no more.`,
      check: (text: string) =>
        text === '' || parseOrganization(text) ? undefined : 'A role, = and its e-mail domains',
    };
    const organization = parseOrganization(await askText(question, terminal));
    if (organization === undefined) return organizations;
    organizations.push(organization);
  }
}

async function askAdmitted(terminal: Terminal): Promise<InitRule[]> {
  const rules: InitRule[] = [];
  for (;;) {
    const question = {
      message: `${rules.length === 0 ? 'Users' : 'More users'} with a role of their own, such as Auditor=kim@audit.example? Empty: no more.`,
      check: (text: string) => (text === '' ? undefined : checkAdmitted(parseAdmitted(text))),
    };
    const rule = parseAdmitted(await askText(question, terminal));
    if (rule === undefined) return rules;
    rules.push(rule);
  }
}

async function askNever(terminal: Terminal): Promise<string[]> {
  const message = 'E-mail addresses or domains that never enter? Empty: none.';
  const check = (text: string) => checkPeople(parsePeople(text));
  return parsePeople(await askText({ message, defaultAnswer: '', check }, terminal));
}

function checkAdmitted(rule: InitRule | undefined): string | undefined {
  if (rule === undefined) return 'A role, = and e-mail addresses or domains';
  const complaint = checkRoleName(rule.role);
  return complaint === undefined
    ? checkPeople(rule.people)
    : (complaint.advice ?? `It should be ${complaint.expected}.`);
}

function readAdmitted(text: string): InitRule {
  const rule = parseAdmitted(text);
  if (rule !== undefined) return rule;
  throw new Problem(
    'rule_unreadable',
    `${JSON.stringify(text)} is not a rule. Write a role, = and e-mail addresses or domains.`,
  );
}

function readOrganization(text: string): InitOrganization {
  const organization = parseOrganization(text);
  if (organization !== undefined) return organization;
  throw new Problem(
    'organization_unreadable',
    `${JSON.stringify(text)} is not an organisation. Write a role, = and its e-mail domains.`,
  );
}

function required(text: string): string | undefined {
  return text === '' ? 'An answer is required.' : undefined;
}
