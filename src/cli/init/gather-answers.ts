import { normalizeTenantDomain } from '../../configuration/environment.ts';
import { checkLandingPage } from '../../configuration/landing-page-rules.ts';
import { Problem } from '../../problem/problem.ts';
import type { Terminal } from '../terminal.ts';
import { askSeveral, askText, type Question } from './ask.ts';
import {
  apexBase,
  claimOf,
  type InitAnswers,
  type InitOrganization,
  pageAddress,
  parseOrganization,
} from './init-answers.ts';
import { tenantApplications } from './tenant-applications.ts';

/** What was typed behind `portcullis init`. */
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
  /** `false`: none. */
  readonly defaultRole?: string | false;
  readonly organization: readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Answers one question: from what was typed, from the person, or with what is usual. */
type Answer = (option: string, given: string | undefined, question: Question) => Promise<string>;

const USUAL_ROLE = 'APEX User';
const USUAL_SCHEME = 'Auth0';

/**
 * Puts the answers together, asking for what was not given.
 *
 * @param environmentDomain what `AUTH0_DOMAIN` says
 * @param terminal where the questions are asked; absent if there is nobody to ask
 * @throws {Problem} `answer_needed` where nobody can be asked, `organization_unreadable`
 * @throws {Problem} `cancelled`
 */
export async function gatherAnswers(
  options: InitOptions,
  environmentDomain: string | undefined,
  terminal: Terminal | undefined,
): Promise<InitAnswers> {
  const answer: Answer = async (option, given, question) => {
    if (given !== undefined) return given;
    if (terminal !== undefined) return await askText(question, terminal);
    if (question.usual !== undefined) return question.usual;
    throw new Problem('answer_needed', `${question.message} There is nobody to ask.`, `Say it beforehand: ${option}`);
  };
  const organizations = options.organization.map(readOrganization);
  const domain = await askDomain(answer, options.domain ?? environmentDomain);
  const applications =
    options.application.length > 0 ? options.application : await askApplications(answer, domain, terminal);
  const apexUrl = apexBase(await askApexUrl(answer, options.apexUrl));
  const pages = await askPages(answer, apexUrl, options);
  const claim = await answer('--claim', options.claim ?? claimOf(apexUrl), { message: 'The claim for the roles?' });
  const defaultRole = options.defaultRole === false ? '' : await askDefaultRole(answer, options.defaultRole);
  return {
    domain,
    applications,
    apexUrl,
    ...pages,
    scheme: await askScheme(answer, options.scheme),
    claim,
    // No role may be called nothing: a person who wants none leaves the answer empty.
    defaultRole: defaultRole === '' ? undefined : defaultRole,
    organizations:
      organizations.length > 0 || terminal === undefined ? organizations : await askOrganizations(terminal),
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
    message: 'The application to guard, by the name that it has in Auth0?',
    check: required,
  });
  return [named];
}

async function askApexUrl(answer: Answer, given: string | undefined): Promise<string> {
  return await answer('--apex-url https://apex.example.com/ords', given, {
    message: 'What stands before /r/ or /f?p= in the address of the APEX application?',
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
    message: 'The workspace, as it stands behind /r/ in addresses?',
    check: required,
  });
  const alias = await answer('--apex-application app', apexApplication, {
    message: 'The APEX application, as it stands behind the workspace?',
    check: required,
  });
  const page = (name: string) => pageAddress(apexUrl, path, alias, name);
  return {
    workspace: path,
    apexApplication: alias,
    landingPage: await answer('--landing-page', landingPage, {
      message: 'The public page for those who are refused?',
      usual: page('refused'),
      check: (text) => checkLandingPage(text)?.advice,
    }),
    signedOutPage: await answer('--signed-out-page', signedOutPage, {
      message: 'The public page that a sign-out ends on?',
      usual: page('signed-out'),
      check: (text) => checkLandingPage(text)?.advice,
    }),
  };
}

async function askScheme(answer: Answer, given: string | undefined): Promise<string> {
  return await answer('--scheme', given, {
    message: "The name of the application's authentication scheme?",
    usual: USUAL_SCHEME,
    check: required,
  });
}

async function askDefaultRole(answer: Answer, given: string | undefined): Promise<string> {
  return await answer('--default-role', given, {
    message: 'The role for everybody who is verified? Empty: strangers stay outside.',
    usual: USUAL_ROLE,
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

function readOrganization(text: string): InitOrganization {
  const organization = parseOrganization(text);
  if (organization !== undefined) return organization;
  throw new Problem(
    'organization_unreadable',
    `${JSON.stringify(text)} is no organisation: it is a role, = and its e-mail domains.`,
  );
}

function required(text: string): string | undefined {
  return text === '' ? 'It has to be known.' : undefined;
}
