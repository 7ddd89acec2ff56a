import { javascriptLiteral as literal } from '../../action/javascript-literal.ts';
import type { ConfigurationInput } from '../../configuration/define-configuration.ts';
import { DEFAULT_PREFIX } from '../../configuration/policy-schema.ts';
import type { PolicyTestInput } from '../../configuration/rule-input.ts';
import type { InitAnswers } from './init-answers.ts';
import { rulesFor } from './init-rules.ts';

/** The same configuration as the text below, which the parser checks before anything is written. */
export function configurationOf(answers: InitAnswers): ConfigurationInput {
  const { domain, applications, apexUrl, claim, landingPage, defaultRole, organizations } = answers;
  const { refuse, admit } = rulesFor(answers.never, answers.admitted);
  // Without a prefix of its own, a policy with rules has none.
  const organizationPrefix = DEFAULT_PREFIX;
  const rules = {
    ...(refuse.length === 0 ? {} : { refuse }),
    ...(admit.length === 0 ? {} : { admit }),
  };
  const { workspace, apexApplication: application, scheme, signedOutPage } = answers;
  return {
    tenant: { domain },
    apex: { baseUrl: apexUrl, workspace, application, scheme, signedOutPage },
    policy: { applications, claim, landingPage, defaultRole, organizationPrefix, organizations, ...rules },
  };
}

/**
 * A configuration with comments, as `portcullis init` writes it.
 *
 * @param tests the tests of its rules
 * @example configurationText(answers, []).startsWith('// Decides who gets into') // true
 */
export function configurationText(answers: InitAnswers, tests: readonly PolicyTestInput[]): string {
  const { tenant, apex, policy } = configurationOf(answers);
  const list = (value: readonly string[]) => literal(value, '    ');
  const organizations = (policy.organizations ?? []).map(
    ({ role, domains }) => `      { role: ${literal(role)}, domains: ${literal(domains, '      ')} },`,
  );
  return `// Decides who gets into the APEX application, and with which role, at sign-in, before APEX is asked.
// Try it on this machine: portcullis dev. Show what it would change: portcullis plan. Put it on the tenant: portcullis apply
import { defineConfiguration } from 'portcullis';

export default defineConfiguration({
  // Credentials do not belong here. Set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET in the environment or in .env.
  tenant: { domain: ${literal(tenant?.domain ?? '')} },

  apex: {
    // The part of the application's address before /r/ or /f?p=.
    baseUrl: ${literal(apex?.baseUrl ?? '')},
${fieldOf('workspace', apex?.workspace)}${fieldOf('application', apex?.application)}${fieldOf('scheme', apex?.scheme)}    // A sign-out ends here. The page must be public: Page > Security > Authentication > Page Is Public.
    signedOutPage: ${literal(apex?.signedOutPage ?? '')},
  },

  policy: {
    // The guarded applications, by their names in Auth0. All others are left alone.
    applications: ${list(answers.applications)},

    // The claim that contains the user's role names, always as a list. It only has to be unique; nothing has to answer there.
    claim: ${literal(policy.claim)},

    // The page for users who are refused. It must be public in APEX, otherwise they go round in circles.
    landingPage: ${literal(policy.landingPage)},

    // A verified user who belongs to no organisation gets this role and is let in. Without it, such users are refused.
    ${policy.defaultRole === undefined ? "// defaultRole: 'APEX User'," : `defaultRole: ${literal(policy.defaultRole)},`}

    // Roles that begin with this prefix say which organisation a user belongs to. A user with such a role is let in.
    organizationPrefix: ${literal(DEFAULT_PREFIX)},

    // Users who are recognised by the domain of their e-mail address.
    organizations: [${organizations.length === 0 ? `\n      // { role: 'ORG:WATER', domains: ['water.example'] },` : `\n${organizations.join('\n')}`}
    ],

    // Users who stay outside, whatever else holds. More conditions: docs/policy.md.
    refuse: [${linesOf(policy.refuse, "// { rule: 'left the company', when: { email: 'jo@water.example' }, because: 'Ask personnel.' },")}
    ],

    // Users who enter, with the roles that each rule gives.
    admit: [${linesOf(policy.admit, "// { rule: 'auditors', when: { email: 'kim@audit.example', until: '2027-03-31' }, roles: ['Auditor'] },")}
    ],

    // Expected decisions: portcullis test runs these, and plan and apply refuse a policy of which one fails.
    tests: [${linesOf(tests, "// { who: { email: 'ann@water.example' }, expect: { roles: ['APEX User'] } },")}
    ],

    // Anyone can type another person's address into a sign-up form, so an address counts only after it is verified.
    unverifiedEmail: 'refuse',

    // If Auth0 cannot assign a role at the moment: 'refuse' asks the user to try again later, 'admit' lets the user in without it.
    onFailure: 'refuse',
  },
});
`;
}

function fieldOf(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : `    ${name}: ${literal(value)},\n`;
}

/** Entries of a list, or an example of one. */
function linesOf(entries: readonly object[] | undefined, example: string): string {
  if (entries === undefined || entries.length === 0) return `\n      ${example}`;
  return entries.map((entry) => `\n      ${literal({ ...entry }, '      ')},`).join('');
}
