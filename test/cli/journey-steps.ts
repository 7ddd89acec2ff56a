// Steps of a document's reader: answers, sign-ins and files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ManagementClient } from 'auth0';
import { expect } from 'vitest';
import { createHttpBrowser } from '../../src/testing/http-browser.ts';
import { trustCertificates } from '../../src/testing/trust-certificates.ts';
import { sampleExport } from '../apex/doctor/sample-export.ts';
import { CONTROL_C, ENTER, type TerminalSession } from './at-terminal.ts';
import { readDocument } from './document-content.ts';
import type { Project } from './documentation-project.ts';

/** One command of a document. */
export interface Step {
  /** The exit status that the documents say: 0, unless they say another. */
  readonly status?: number;
  /** Prepares what the document takes for granted. */
  readonly before?: (project: Project) => Promise<void> | void;
  /** Answers questions, and stops what runs until it is stopped. */
  readonly meanwhile?: (session: TerminalSession, project: Project) => Promise<void>;
  /** The command goes on while the next ones run; Ctrl-C ends it after the last. */
  readonly stays?: boolean;
  /** Fills a word that the document leaves open. */
  readonly fill?: Readonly<Record<string, string>>;
}

/** The steps of a document by their command; instead of a step, the reason why no test runs the command. */
export type Journey = Readonly<Record<string, Step | { readonly notRun: string }>>;

const PERSON = { username: 'una@elsewhere.example', password: 'A-long-passw0rd!' };
export const ENDS: Step = {};
/** `plan` found something to change. */
export const CHANGES: Step = { status: 3 };
export const UNTIL_STOPPED = 130;

/** A command that runs until Ctrl-C, which is pressed after it has printed a text. */
export const runsUntil = (text: RegExp, before?: Step['before']): Step => ({
  status: UNTIL_STOPPED,
  ...(before && { before }),
  async meanwhile(session) {
    expect(await session.until(text)).toBeDefined();
    await session.press(CONTROL_C);
  },
});

export const DEV = runsUntil(/The gate is up\.[\s\S]*Ctrl-C stops/);
export const TENANT = runsUntil(/AUTH0_CLIENT_SECRET=[\s\S]*Ctrl-C stops it/);

/** Answers the questions of a command in their order. */
export const answers = (...dialogue: readonly (readonly [question: RegExp, answer: string])[]) => {
  return async (session: TerminalSession) => {
    for (const [question, answer] of dialogue) {
      expect(await session.until(question), `It did not ask ${question}.`).toBeDefined();
      await session.press(`${answer}${ENTER}`);
    }
  };
};
export const saysYes: Step = { meanwhile: answers([/Type yes to go on: /, 'yes']) };

/** The questions of `init` after the one for the application. */
export const pagesUnder = (base: string) =>
  [
    [/address before \/r\//, base],
    [/workspace, as it follows/, 'team'],
    [/follows the workspace/, 'app'],
    [/refused users/, ''],
    [/a sign-out ends on/, ''],
    [/role for every verified user/, ''],
    [/authentication scheme/, ''],
    [/An organisation/, 'ORG:WATER=water.example'],
    [/Another organisation/, ''],
    [/Users with a role of their own/, ''],
    [/that never enter/, ''],
  ] as const;

/** `init` with credentials: the tenant's applications are listed. */
export const initOnTenant = (before?: Step['before']): Step => ({
  ...(before && { before }),
  meanwhile: (session, { pages }) => answers([/Which applications/, ' '], ...pagesUnder(`${pages}/ords`))(session),
});

/** Creates the application and the user that the documents take for granted on a tenant. */
async function prepareTenant(management: ManagementClient, pages: string): Promise<void> {
  await management.clients.create({
    name: 'APEX',
    app_type: 'regular_web',
    callbacks: [`${pages}/ords/apex_authentication.callback`],
  });
  const connection = 'Username-Password-Authentication';
  const { username: email, password } = PERSON;
  await management.users.create({ connection, email, password, email_verified: true });
}

/** Signs in at the address that `verify --sign-in` prints. */
export const SIGNS_IN: Step = {
  async meanwhile(session) {
    const line = await session.until(/Sign in here: \S+/);
    const browser = createHttpBrowser();
    const page = await browser.open(new URL(line?.replace('Sign in here: ', '') ?? ''));
    const fields = { ...PERSON, state: page.url.searchParams.get('state') ?? '', action: 'default' };
    expect((await browser.submit(page.url, fields)).url.pathname).toBe('/portcullis-sign-in');
  },
};

/** Changes the policy and applies it, so that there is a version to go back to. */
export async function applyAnotherPolicy({ folder, type }: Project): Promise<void> {
  const file = join(folder, 'portcullis.config.ts');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain("defaultRole: 'APEX User',");
  writeFileSync(file, text.replace("defaultRole: 'APEX User',", ''));
  expect(await type('npx portcullis apply --yes')).toMatchObject({ status: 0 });
}

/** Uses the lines that the tenant printed, as the document says. */
export async function useTenantOfLines(lines: string, { folder, pages }: Project): Promise<void> {
  const text = lines.replaceAll('\r', '').replaceAll(/^\s+/gm, '');
  writeFileSync(join(folder, '.env'), text);
  const value = (name: string) => new RegExp(`^export ${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
  trustCertificates(readFileSync(value('NODE_EXTRA_CA_CERTS'), 'utf8'));
  const [domain, clientId, clientSecret] = ['DOMAIN', 'CLIENT_ID', 'CLIENT_SECRET'].map((one) => value(`AUTH0_${one}`));
  if (!domain || !clientId || !clientSecret) throw new Error(`The lines are incomplete:\n${text}`);
  await prepareTenant(new ManagementClient({ domain, clientId, clientSecret, telemetry: false }), pages);
}

export const withTenant = async ({ useTenant, pages }: Project) => prepareTenant((await useTenant()).management, pages);
export const write = (name: string, content: string | Buffer) => (project: Project) => {
  mkdirSync(dirname(join(project.folder, name)), { recursive: true });
  writeFileSync(join(project.folder, name), content);
};
export const writeAction = write(
  'gate.js',
  `exports.onExecutePostLogin = async (event, api) => {
  if (event.user.email === undefined) api.access.deny('no address');
  else api.idToken.setCustomClaim('https://apex.test/domain', event.secrets.DOMAIN ?? 'none');
};
exports.onContinuePostLogin = async (event, api) => {
  api.idToken.setCustomClaim('https://apex.test/token', event.request.query.session_token);
};
`,
);
/** An export of the application that the answers of `init` describe. */
export const writeExport = write('f100.sql', sampleExport());

/** Copies the example, removes the default role, and adds the tests that a document gives. */
export const editExampleAs = (document: string) => (project: Project) => {
  const example = readFileSync(join(project.folder, '../node_modules/portcullis/portcullis.config.ts'), 'utf8');
  const [, tests] = /```ts\n( {2}tests: [\s\S]*?)```/.exec(readDocument(document)) ?? [];
  if (tests === undefined) throw new Error(`${document} has no tests of a policy.`);
  const edited = example.replace(/^ {2}defaultRole: .*\n/m, '').replace(/^\}\);$/m, `${tests}});`);
  expect(edited).not.toContain('defaultRole:');
  write('portcullis.config.ts', edited)(project);
};

/** Waits for the lines that a document shows in its block of text. */
export const printsAsIn = (document: string) => async (session: TerminalSession) => {
  const [, block] = /^```text\n([^`]+)^```$/m.exec(readDocument(document)) ?? [];
  const lines = (block ?? '').split('\n').filter((line) => line.trim() !== '');
  expect(lines).not.toEqual([]);
  for (const line of lines) {
    const exactly = new RegExp(line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    expect(await session.until(exactly), `It did not print ${line}.`).toBeDefined();
  }
};

export const OWN_CHECKOUT = 'a command of the checkout: `.ci/run` types `npm ci`, `npm test` and the long runs';
