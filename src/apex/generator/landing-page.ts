import { refusalMessages } from '../../policy/refusal-messages.ts';
import type { ApexTarget } from './apex-target.ts';
import { markdownHeader } from './file-header.ts';
import { sqlLiteral } from './sql-literal.ts';

const RULE_LINE = "  l_rule varchar2(100) := substr(v('RULE'), 1, 100);\n";
const OTHER = 'Your account may not use this application.';

function hasSentences({ policy }: ApexTarget): boolean {
  return (policy.refuse ?? []).some(({ because }) => because !== undefined);
}

/** The sentence of the rule that refuses; of a rule without one, the sentence of the reason. */
function ruleCase({ policy }: ApexTarget, sentence: string): string {
  const whens = (policy.refuse ?? []).flatMap(({ rule, because }) =>
    because === undefined ? [] : [` when ${sqlLiteral(rule)} then ${sqlLiteral(because)}`],
  );
  return whens.length === 0 ? sqlLiteral(sentence) : `case l_rule${whens.join('')} else ${sqlLiteral(sentence)} end`;
}

/** `landing-page.md`: instructions, since the import format of pages is not known well enough to write one. */
export function landingPageMarkdown(target: ApexTarget): string {
  const whens = Object.entries({
    ...refusalMessages,
    internal_error: 'Something went wrong on our side. Please try again in a few minutes.',
  }).map(
    ([reason, sentence]) =>
      `    when '${reason}' then ${reason === 'refuse_rule' ? ruleCase(target, sentence) : sqlLiteral(sentence)}`,
  );
  const code = (text: string) => `\`${text.replace(/[`\p{Cc}]/gu, ' ')}\``;
  const isClassic = /[?&]p=/.test(target.policy.landingPage);
  return `# Two public pages

${markdownHeader({
  what: 'a recipe for the page that refused users end on, and for the page that a sign-out ends on.',
  changes: 'adds two pages to the application.',
  run: 'by hand, in Page Designer.',
  undo: 'delete the two pages.',
  checked: 'read against the facts about APEX only; the steps were not tried in a builder.',
})}

## The landing page

Its address is ${code(target.policy.landingPage)}. Portcullis puts \`reason=...\` behind it.

1. Create a blank page with that alias. Page > Security > Authentication: **Page Is Public**, and no authorization scheme.
   A protected page would send the refused round in circles. Page > Security > Page Access Protection: **Unrestricted**, since
   Auth0 cannot add APEX's checksum to the reason.
2. Add a page item of the type Hidden, named \`REASON\`${hasSentences(target) ? ' (and one named `RULE`, likewise: the rule that refuses)' : ''}, its Session State Protection *Unrestricted*: a parameter of a friendly address
   names an item.
3. Add a region of the type Dynamic Content, whose source is a function body that returns the text. This one reads the reason from the
   item or from the request itself, and never repeats what stands in the address:

\`\`\`plsql
declare
  l_query varchar2(4000) := owa_util.get_cgi_env('QUERY_STRING');
${hasSentences(target) ? RULE_LINE : ''}  l_reason varchar2(100) := substr(coalesce(v('REASON'), regexp_substr(l_query, '(^|[&])reason=([a-z_]+)', 1, 1, null, 2)), 1, 100);
begin
  return '<p>' || apex_escape.html(case l_reason
${whens.join('\n')}
    else ${sqlLiteral(OTHER)}
  end) || '</p>';
end;
\`\`\`

4. Add a button "Sign in" that goes to the home page with the request \`APEX_AUTHENTICATION=${target.scheme.replace(/[`\p{Cc}]/gu, ' ')}\`. It is a
   button and never a redirect.
${isClassic ? '\nThe address is of the form `f?p=...`. Whether APEX takes a further parameter `reason` there is **not known**: use a friendly address.\n' : '\nNeither was tried on an APEX instance: that the parameter sets the item, and that ORDS hands the query string on in QUERY_STRING. If neither\nworks, the page shows the sentence that fits every refusal.\n'}
## The signed-out page

Its address is ${code(target.signedOutPage)}. Create a blank page with that alias, public like the one above, with the text
"You are signed out." and the same button. List the address in Auth0 under Allowed Logout URLs.
`;
}
