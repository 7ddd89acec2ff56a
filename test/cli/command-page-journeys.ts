// The part of a reader of the commands' pages, and of the page of the local tenant.

import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './documentation-project.ts';
import {
  applyAnotherPolicy,
  CHANGES,
  DEV,
  ENDS,
  initOnTenant,
  type Journey,
  OWN_CHECKOUT,
  runsUntil,
  SIGNS_IN,
  type Step,
  saysYes,
  TENANT,
  withTenant,
  write,
  writeAction,
  writeExport,
} from './journey-steps.ts';

/** Sets a project up as its reader has done before: with a tenant, and a configuration for its application. */
async function withProject(project: Project): Promise<void> {
  await withTenant(project);
  const application = '--application APEX --workspace team --apex-application app';
  await succeed(project, `npx portcullis init ${application} --apex-url ${project.pages}/ords --yes`);
}

/** Sets a project up whose policy is on the tenant. */
async function withAppliedProject(project: Project): Promise<void> {
  await withProject(project);
  await succeed(project, 'npx portcullis apply --yes');
}

async function succeed({ type }: Project, line: string): Promise<void> {
  const { status, said } = await type(line);
  if (status !== 0) throw new Error(`${line} ended with ${status}: ${said}`);
}

const after = (before: NonNullable<Step['before']>, step: Step): Step => ({ ...step, before });
const otherTool = { notRun: 'a command of the deploy CLI: test/tools/deploy-cli/export.long.test.ts types it' };
const typedByHand = {
  notRun: 'values that the command before prints; docs/deployment.md has the lines as they are used',
};

const TENANT_PAGE: Journey = {
  'npx portcullis tenant': TENANT,
  'npx portcullis tenant --data .portcullis': TENANT,
  'npx portcullis tenant --console': runsUntil(/Console +http:\S+\/console[\s\S]*Ctrl-C stops it/),
  'npx portcullis tenant --json --port 0': runsUntil(/"clientSecret"/),
  'npx portcullis tenant --rate-limit free': TENANT,
};

const SEED = write('auth0/tenant.json', '{"friendly_name":"Acme"}');
const SEEDED_TENANT: Journey = {
  'npx portcullis tenant --seed auth0/': after(SEED, TENANT),
  'npx portcullis tenant --seed auth0/ --snapshot tenant.sqlite': TENANT,
};

/** The data folder is the one of the page's second command. */
const EXPORTED_TENANT: Journey = {
  'npx portcullis tenant export --data .portcullis': after(
    ({ folder }) => rmSync(join(folder, 'auth0'), { recursive: true }),
    ENDS,
  ),
  'npx portcullis tenant export --data .portcullis --format directory --out seeds/shop': ENDS,
  'npx portcullis tenant export --data .portcullis --users --overwrite': ENDS,
  'npx portcullis tenant export': after(async (project) => {
    rmSync(join(project.folder, 'auth0'), { recursive: true });
    await withTenant(project);
  }, ENDS),
};

export const COMMAND_PAGES: Readonly<Record<string, Journey>> = {
  'docs/commands/README.md': { 'npx portcullis plan': after(withProject, CHANGES) },
  'docs/commands/action.md': {
    'npx portcullis action run gate.js': after(writeAction, ENDS),
    'npx portcullis action event > ada.json': ENDS,
    'npx portcullis action run gate.js --event ada.json --secret API_KEY --dependency axios@1.7.9 --watch': runsUntil(
      /onExecutePostLogin/,
      write('.env', 'API_KEY=an example\n'),
    ),
    'npx portcullis action push gate.js --watch': runsUntil(/deployed .*version 1/, withTenant),
    'npx portcullis action run signup.js --trigger pre-user-registration': after(
      write('signup.js', 'exports.onExecutePreUserRegistration = async () => {};\n'),
      ENDS,
    ),
  },
  'docs/commands/apex.md': {
    'npx portcullis apex --apex 24.2 --out apex': after(withProject, ENDS),
    'npx portcullis apex --apex 24.2 --decide plsql': ENDS,
    // The application is another tenant's than the configuration's.
    'npx portcullis apex doctor f100.sql': { before: writeExport, status: 1 },
  },
  'docs/commands/backfill.md': {
    'npx portcullis backfill --dry-run': after(withAppliedProject, ENDS),
    'npx portcullis backfill': saysYes,
  },
  'docs/commands/destroy.md': {
    'npx portcullis destroy': after(withAppliedProject, saysYes),
    'npx portcullis destroy --keep-roles': after(
      ({ type }) => type('npx portcullis apply --yes').then(() => {}),
      saysYes,
    ),
  },
  'docs/commands/dev.md': {
    'npm start': { notRun: `${OWN_CHECKOUT}; it runs \`portcullis dev\`` },
    'npx portcullis dev --open': DEV,
    'npx portcullis dev --once': ENDS,
    'npx portcullis dev --data .portcullis': DEV,
    'npx portcullis dev --scheme f100.sql': after(writeExport, DEV),
    'npx portcullis dev --decide apex': DEV,
    'npx portcullis dev --mistake post-logout-home': DEV,
  },
  'docs/commands/export.md': {
    'npx portcullis export --to deploy-cli': { before: withProject, status: 3 },
    'a0deploy import --input_file portcullis-deploy-cli': otherTool,
    'npx portcullis export --to deploy-cli --overwrite': after(
      (project) => succeed(project, 'npx portcullis apply --yes'),
      ENDS,
    ),
    'AUTH0_KEYWORD_REPLACE_MAPPINGS=\'{"PORTCULLIS_CLIENT_SECRET":"…"}\' a0deploy import --input_file portcullis-deploy-cli':
      otherTool,
  },
  'docs/commands/init.md': {
    'npx portcullis init': initOnTenant(withTenant),
    'npx portcullis init --domain example.eu.auth0.com --application APEX --apex-url https://apex.example.com/ords --workspace team --apex-application app --yes':
      after(({ folder }) => rmSync(join(folder, 'portcullis.config.ts')), ENDS),
    'npx portcullis init --testing': ENDS,
  },
  'docs/commands/logs.md': {
    'npx portcullis logs': after(withAppliedProject, ENDS),
    'npx portcullis logs --follow --only refused': runsUntil(/Ctrl-C stops/),
    'npx portcullis logs --only let-in': ENDS,
    'npx portcullis logs --since 7d --stats': ENDS,
    'npx portcullis logs --user ann@water.example --json': ENDS,
  },
  'docs/commands/plan.md': {
    'npx portcullis plan': after(withProject, CHANGES),
    'npx portcullis plan --out gate.plan': CHANGES,
    'npx portcullis plan --csv people.csv': CHANGES,
    'npx portcullis plan --logins 30d': CHANGES,
  },
  'docs/commands/rollback.md': {
    'npx portcullis rollback --list': after(withAppliedProject, ENDS),
    'npx portcullis rollback': after(applyAnotherPolicy, saysYes),
    // The rollback made version 3; another version is there since.
    'npx portcullis rollback --to 3 --yes': after((project) => succeed(project, 'npx portcullis apply --yes'), ENDS),
  },
  'docs/commands/exec.md': {
    'npx portcullis exec -- npm test': {
      notRun: 'the test suite of the reader; test/cli/exec-command.test.ts runs other commands',
    },
    'npx portcullis exec --seed auth0/ -- env': after(SEED, ENDS),
    "npx portcullis exec --policy portcullis.config.ts -- sh -c 'curl -sS $AUTH0_ISSUER_BASE_URL/.well-known/jwks.json'":
      after(withProject, ENDS),
  },
  'docs/commands/tenant.md': { ...TENANT_PAGE, ...SEEDED_TENANT, ...EXPORTED_TENANT },
  'docs/commands/test.md': {
    'npx portcullis test': after(withProject, ENDS),
    'npx portcullis test --against main.config.ts': after(
      ({ folder }) => copyFileSync(join(folder, 'portcullis.config.ts'), join(folder, 'main.config.ts')),
      ENDS,
    ),
    'npx portcullis test --who ann@water.example': {
      notRun: 'the tenant has no such user; test/cli/test-command.test.ts types it',
    },
    'npx portcullis test --junit policy.xml': ENDS,
  },
  'docs/commands/verify.md': {
    'npx portcullis verify': after(withAppliedProject, ENDS),
    'npx portcullis verify --sign-in': SIGNS_IN,
    'npx portcullis verify --junit gate.xml --skip landing_page_public': ENDS,
  },
  'docs/local-tenant.md': {
    ...TENANT_PAGE,
    'npx portcullis dev': DEV,
    'export NODE_EXTRA_CA_CERTS=…/ca.pem': typedByHand,
    'export AUTH0_DOMAIN=localhost:4000': typedByHand,
    'export AUTH0_CLIENT_ID=… AUTH0_CLIENT_SECRET=…': typedByHand,
    'curl -X PUT "$TENANT/api/v2/guardian/factors/otp" -H "authorization: Bearer $TOKEN" -H \'content-type: application/json\' -d \'{"enabled":true}\'':
      {
        notRun:
          'a request to the Management API: test/tenant/management/kept-settings.test.ts and the tests of factors send it',
      },
  },
};
