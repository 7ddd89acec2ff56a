import type { ApexTarget } from './apex-target.ts';
import { schemeValues } from './authentication-scheme.ts';
import { markdownHeader } from './file-header.ts';

/** `sheet.md`: every value to type in by hand. */
export function sheetMarkdown(target: ApexTarget): string {
  const values = schemeValues(target);
  const table = (rows: readonly (readonly [string, string])[]) =>
    ['| field | value |', '|---|---|', ...rows.map(([field, value]) => `| ${field} | ${cell(value)} |`)].join('\n');
  return `# Values to type in, APEX ${target.version.requested}

${markdownHeader({
  what: 'every value of the authentication scheme and of the application in Auth0, for those who trust no import.',
  changes: 'nothing by itself.',
  run: 'top to bottom. Run `post-authentication.sql` first.',
  undo: 'make the earlier scheme the current one.',
  checked: 'the fields are those of the 24.2 builder; names and order may differ a little in other versions.',
})}
${target.missing.length === 0 ? '' : `\n**Not given yet**: ${target.missing.map(({ placeholder, remedy }) => `\`${placeholder}\` (${remedy})`).join('; ')}.\n`}
## Auth0: Applications > your application > Settings

${table([
  ['Application Type', 'Regular Web Application'],
  ['Allowed Callback URLs', `${target.baseUrl}/apex_authentication.callback`],
  ['Allowed Logout URLs', [target.policy.landingPage, target.signedOutPage].join(', ')],
])}

## APEX: Workspace Utilities > Web Credentials > Create

${table([
  ['Name', 'Portcullis Auth0'],
  ['Static ID', target.credentialStaticId],
  ['Authentication Type', 'OAuth2 Client Credentials'],
  ['Client ID', target.clientId],
  ['Client Secret', 'from Auth0; it is in no file'],
  ['Valid for URLs', `https://${target.domain}/`],
])}

## APEX: Shared Components > Authentication Schemes > Create

${table([
  ['Name', target.scheme],
  ['Scheme Type', 'Social Sign-In'],
  ['Credential Store', 'Portcullis Auth0'],
  ['Authentication Provider', 'OpenID Connect Provider'],
  ['Discovery URL', values.discoveryUrl],
  ['Scope', values.scope],
  ['Authentication URI Parameters', ''],
  [
    'Token Authentication Method',
    'as it stands; if Auth0 refuses the token request: Client ID and Client Secret in Body',
  ],
  ['Username', values.username],
  ['Convert Username To Upper Case', 'No'],
  ['Additional User Attributes', ''],
  ['Verify Attributes', 'No: the Action decides about unverified addresses; APEX refusing a second time is a loop'],
  ['PL/SQL Code', values.code.join(' ')],
  ['Post-Authentication Procedure Name', values.procedure],
  ['Session Not Valid: Redirect to', `URL: ${values.invalidSessionUrl}`],
  ['Post-Logout URL', `URL: ${values.logoutUrl}`],
  ['Secure', values.secureCookie ? 'Yes' : 'No'],
  ['Switch in Session', 'Enabled'],
])}

## APEX: Shared Components > Security Attributes

${table([['Source for Role or Group Schemes', 'Custom Code']])}
`;
}

function cell(text: string): string {
  if (text === '') return '(empty)';
  const escaped = text.replaceAll('|', '\\|').replace(/\p{Cc}/gu, ' ');
  return escaped.includes('`') ? escaped : `\`${escaped}\``;
}
