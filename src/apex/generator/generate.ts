import { Problem } from '../../problem/problem.ts';
import { type ApexInput, type ApexTarget, apexTarget } from './apex-target.ts';
import { authenticationSchemeSql } from './authentication-scheme.ts';
import { authorizationSchemesSql } from './authorization-schemes.ts';
import { checkSql } from './check-sql.ts';
import { credentialSql } from './credential.ts';
import { decisionPackageSql } from './decision-package.ts';
import { expectedDecisionsSql } from './expected-decisions.ts';
import { landingPageMarkdown } from './landing-page.ts';
import { mleBundle, mleDecisionSql } from './mle-module.ts';
import { postAuthenticationSql } from './post-authentication-sql.ts';
import { sheetMarkdown } from './sheet.ts';
import { sqlFaults } from './sql-faults.ts';
import { assertDecidable, type UndecidableRule, undecidableRules } from './undecidable-rules.ts';

export interface GeneratedFolder {
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Rules that only the Action decides; with any, the files for deciding in the database are left out. */
  readonly undecided: readonly UndecidableRule[];
  /** Missing values, with the placeholders that the files have instead. */
  readonly missing: readonly { readonly placeholder: string; readonly remedy: string }[];
}

/**
 * Generates the files for a real APEX application. Returns no file that fails the tokenizer.
 *
 * @throws {Problem} `apex_version_unknown`, `apex_value_invalid`, `apex_sql_unsafe`, `apex_rules_undecidable`,
 * `apex_application_unknown`, `no_applications`
 * @example const { files } = await generateApex({ policy, version: '24.2', decider: 'action' });
 */
export async function generateApex(input: ApexInput): Promise<GeneratedFolder> {
  const target = apexTarget(input);
  const undecided = undecidableRules(input.policy);
  if (target.decider !== 'action') assertDecidable(input.policy);
  const files = [
    { path: 'sheet.md', content: sheetMarkdown(target) },
    { path: 'credential.sql', content: credentialSql(target) },
    { path: 'authentication-scheme.sql', content: authenticationSchemeSql(target) },
    { path: 'post-authentication.sql', content: postAuthenticationSql(target) },
    { path: 'authorization-schemes.sql', content: authorizationSchemesSql(target) },
    { path: 'landing-page.md', content: landingPageMarkdown(target) },
    { path: 'check.sql', content: checkSql(target) },
    ...(undecided.length === 0 ? await decisionFiles(target) : []),
  ];
  for (const { path, content } of files) {
    // The tokenizer reads SQL; the module within this file is JavaScript.
    const sql =
      path === 'mle-decision.sql' ? content.replace(/^(create or replace mle module .*\n)[\s\S]*?^\/$/m, '/') : content;
    const [fault] = path.endsWith('.sql') ? sqlFaults(sql) : [];
    if (fault !== undefined) {
      throw new Problem('apex_sql_unsafe', `${path} would not be sound SQL: ${fault}`);
    }
  }
  return { files, missing: target.missing, undecided };
}

/** The files that let the database decide. */
async function decisionFiles(target: ApexTarget) {
  return [
    { path: 'plsql-decision.sql', content: decisionPackageSql(target) },
    { path: 'mle-decision.sql', content: mleDecisionSql(await mleBundle(target)) },
    { path: 'expected-decisions.sql', content: expectedDecisionsSql(target) },
  ];
}
