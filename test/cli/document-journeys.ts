// The part of a document's reader. The commands themselves are read from the document.
import { sampleExport } from '../apex/doctor/sample-export.ts';
import { zipOf } from '../apex/doctor/zip.ts';
import { COMMAND_PAGES } from './command-page-journeys.ts';
import {
  answers,
  applyAnotherPolicy,
  CHANGES,
  DEV,
  ENDS,
  editExampleAs,
  initOnTenant,
  type Journey,
  OWN_CHECKOUT,
  pagesUnder,
  printsAsIn,
  runsUntil,
  SIGNS_IN,
  saysYes,
  TENANT,
  UNTIL_STOPPED,
  useTenantOfLines,
  withTenant,
  write,
  writeAction,
  writeExport,
} from './journey-steps.ts';

/** The documents whose commands a test runs. */
export const JOURNEYS: Readonly<Record<string, Journey>> = {
  ...COMMAND_PAGES,
  'README.md': {
    'npm ci && npm start': { notRun: OWN_CHECKOUT },
    'npm ci && npm test': { notRun: OWN_CHECKOUT },
    'npm start': { notRun: `${OWN_CHECKOUT}; it runs \`portcullis dev\`` },
    'npx portcullis dev --once': ENDS,
    'npx portcullis dev': DEV,
    'npx portcullis init': initOnTenant(withTenant),
    'npx portcullis plan': CHANGES,
    'npx portcullis apply': saysYes,
    'npx portcullis verify': ENDS,
    'npx portcullis logs': ENDS,
    'npx portcullis rollback': { ...saysYes, before: applyAnotherPolicy },
    'npx portcullis apex --apex 24.2 --out apex/': ENDS,
    // The application is another tenant's than the configuration's.
    'npx portcullis apex doctor f100.sql': { before: writeExport, status: 1 },
    'npx portcullis dev --mistake post-logout-home': DEV,
    'npx portcullis action run gate.js': { before: writeAction },
    'npx portcullis action push gate.js --watch': runsUntil(/deployed .*version 1/),
    'npx portcullis test': ENDS,
    'npx portcullis tenant': TENANT,
    'npm install --save-dev portcullis': { notRun: 'the tests install the packed package instead of a published one' },
    'npm install --save-dev node@24': { notRun: 'downloads a Node.js of 45 MB; `npm ci` installs the same package' },
  },
  'docs/tour.md': {
    'npm install --save-dev portcullis': { notRun: 'the tests install the packed package instead of a published one' },
    'npx portcullis dev': DEV,
    'npx portcullis test': { before: editExampleAs('docs/tour.md'), meanwhile: printsAsIn('docs/tour.md') },
    'npx portcullis dev --once': ENDS,
  },
  'docs/deployment.md': {
    'npx portcullis tenant --console': {
      status: UNTIL_STOPPED,
      stays: true,
      async meanwhile(session, project) {
        const lines = await session.until(/ *export NODE_EXTRA[\s\S]*AUTH0_CLIENT_SECRET=\S+\r?\n/);
        await useTenantOfLines(lines ?? '', project);
      },
    },
    'npx portcullis init': initOnTenant(),
    'npx portcullis plan': CHANGES,
    'npx portcullis apply': saysYes,
    'npx portcullis verify --sign-in --skip landing_page_public --skip signed_out_page_public': SIGNS_IN,
    'npx vitest run test/deployment/apply-faults.long.test.ts': { notRun: OWN_CHECKOUT },
  },
  'docs/from-the-article.md': {
    'npx portcullis dev --once': ENDS,
    'npx portcullis init': initOnTenant(withTenant),
    'npx portcullis plan': CHANGES,
    'npx portcullis apply': saysYes,
    'npx portcullis verify --sign-in': SIGNS_IN,
    // The only user signed in above.
    'npx portcullis backfill': ENDS,
    'npx portcullis logs': ENDS,
    'npx portcullis export --to deploy-cli': ENDS,
    'npx portcullis logs --follow': runsUntil(/una@elsewhere\.example/),
    'npx portcullis rollback': { ...saysYes, before: applyAnotherPolicy },
    'npx portcullis destroy': saysYes,
  },
  'docs/apex.md': {
    'npx portcullis init': {
      meanwhile: answers(
        [/tenant's domain/, 'example.eu.auth0.com'],
        [/application to guard/, 'APEX'],
        ...pagesUnder('https://apex.example.com/ords'),
      ),
    },
    'npx portcullis apex --apex 24.2 --client-id CLIENT_ID --out apex/': ENDS,
    'npx portcullis apex doctor f100.sql': { before: writeExport },
    'npx portcullis apex doctor f100.zip --json': {
      before: write('f100.zip', zipOf('f100.sql', Buffer.from(sampleExport()))),
    },
    'npx portcullis verify': { notRun: 'needs a tenant; a command of README.md' },
    'npx portcullis dev': DEV,
    'npx portcullis dev --scheme apex/authentication-scheme.sql': DEV,
    'npx portcullis dev --scheme f100.sql': DEV,
    'npx portcullis dev --decide apex': DEV,
    'npx portcullis dev --decide both': DEV,
    'npx portcullis dev --mistake NAME': { ...DEV, fill: { NAME: 'landing-protected' } },
  },
  'docs/console.md': {
    'npx portcullis dev': runsUntil(/Console +http:\S+\/console[\s\S]*password \S+[\s\S]*Ctrl-C stops/),
    'npx portcullis tenant --console': runsUntil(/Console +http:\S+\/console[\s\S]*Ctrl-C stops it/),
  },
  'docs/actions.md': {
    'npx portcullis action run gate.js': { before: writeAction },
    'npx portcullis action push gate.js --watch': runsUntil(/deployed .*version 1/, withTenant),
    'npx portcullis action event > ada.json': ENDS,
    'npx portcullis action run gate.js --event ada.json --secret DOMAIN=example.eu.auth0.com --dependency auth0@4.37.1':
      ENDS,
    'npx portcullis action run gate.js --continue --query session_token=…': ENDS,
    'npx portcullis action run gate.js --runtime node18 --node18 --json': ENDS,
    'npx portcullis dev': DEV,
    'npx portcullis tenant --geoip here.json': {
      ...TENANT,
      before: write('here.json', '{"countryCode":"DE","cityName":"Hamburg"}'),
    },
  },
};
