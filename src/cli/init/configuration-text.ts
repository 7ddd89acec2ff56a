import { javascriptLiteral as literal } from '../../action/javascript-literal.ts';
import type { ConfigurationInput } from '../../configuration/define-configuration.ts';
import { DEFAULT_PREFIX } from '../../configuration/policy-schema.ts';
import type { InitAnswers } from './init-answers.ts';

/** The same as the text below says, for the parser to look at before anything is written. */
export function configurationOf(answers: InitAnswers): ConfigurationInput {
  const { domain, applications, apexUrl, claim, landingPage, defaultRole, organizations } = answers;
  const { workspace, apexApplication: application, scheme, signedOutPage } = answers;
  return {
    tenant: { domain },
    apex: { baseUrl: apexUrl, workspace, application, scheme, signedOutPage },
    policy: { applications, claim, landingPage, defaultRole, organizations },
  };
}

/**
 * A configuration with comments, as `portcullis init` writes it.
 *
 * @example configurationText(answers).startsWith('// Who gets into') // true
 */
export function configurationText(answers: InitAnswers): string {
  const { tenant, apex, policy } = configurationOf(answers);
  const list = (value: readonly string[]) => literal(value, '    ');
  const organizations = (policy.organizations ?? []).map(
    ({ role, domains }) => `      { role: ${literal(role)}, domains: ${literal(domains, '      ')} },`,
  );
  return `// Who gets into the APEX application, and with which role: decided at sign-in, before APEX is asked.
// Look at what it would do: portcullis plan. Put it there: portcullis apply. Try it here first: portcullis dev
import { defineConfiguration } from 'portcullis';

export default defineConfiguration({
  // Credentials do not belong here: AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, in the environment or in .env
  tenant: { domain: ${literal(tenant?.domain ?? '')} },

  apex: {
    // What stands before /r/ or /f?p= in the application's address.
    baseUrl: ${literal(apex?.baseUrl ?? '')},
${fieldOf('workspace', apex?.workspace)}${fieldOf('application', apex?.application)}${fieldOf('scheme', apex?.scheme)}    // A sign-out ends here. The page must be public: Page > Security > Authentication > Page Is Public.
    signedOutPage: ${literal(apex?.signedOutPage ?? '')},
  },

  policy: {
    // The doors that are guarded, by the names that the applications have in Auth0. All others are left alone.
    applications: ${list(policy.applications)},

    // Under this name APEX gets the person's role names, always as a list. It only has to be unique; nothing has to answer there.
    claim: ${literal(policy.claim)},

    // Where somebody who is refused ends up. The page must be public in APEX, or they go round in circles.
    landingPage: ${literal(policy.landingPage)},

    // Whoever is verified and belongs to no organisation is given this role, and enters. Without it, strangers stay outside.
    ${policy.defaultRole === undefined ? "// defaultRole: 'APEX User'," : `defaultRole: ${literal(policy.defaultRole)},`}

    // Roles that begin with this say which organisation somebody belongs to. Whoever holds one enters with it.
    organizationPrefix: ${literal(DEFAULT_PREFIX)},

    // People who are recognised by what stands behind the @ of their e-mail address.
    organizations: [${organizations.length === 0 ? `\n      // { role: 'ORG:WATER', domains: ['water.example'] },` : `\n${organizations.join('\n')}`}
    ],

    // Anybody can type anybody's address into a sign-up form, so an address counts only once it is confirmed.
    unverifiedEmail: 'refuse',

    // If Auth0 cannot assign a role just now: 'refuse' asks the person to try again later, 'admit' lets them in without it.
    onFailure: 'refuse',
  },
});
`;
}

function fieldOf(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : `    ${name}: ${literal(value)},\n`;
}
