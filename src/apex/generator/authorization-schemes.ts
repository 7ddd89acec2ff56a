import { createHash } from 'node:crypto';
import { assignableRoles } from '../../action/assignable-roles.ts';
import type { ApexTarget } from './apex-target.ts';
import { componentBlock, SCRIPT_END, SCRIPT_START } from './component.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';
import { groupName } from './group-name.ts';
import { sqlLiteral } from './sql-literal.ts';

const LONGEST_NAME = 200;

export const ORGANIZATION_ITEM = 'G_ORGANIZATION';

/** Returns the roles that get a scheme: those of the organisations, in order, the default role, and those of rules. */
export function schemeRoles({ policy }: ApexTarget): readonly string[] {
  const roles = new Set(policy.organizations.map(({ role }) => role).sort());
  if (policy.defaultRole !== undefined) roles.add(policy.defaultRole);
  for (const role of assignableRoles(policy)) roles.add(role);
  return [...roles];
}

/** `authorization-schemes.sql`: one for each role, one for a member of any organisation, and the item that it reads. */
export function authorizationSchemesSql(target: ApexTarget): string {
  const scn = target.version.hasVersionScn ? '\n   ,p_version_scn=>1' : '';
  const text = (value: string) => sqlLiteral(value, 'plain');
  const scheme = (key: string, name: string, type: string, attributes: string, message: string) =>
    `  wwv_flow_imp_shared.create_security_scheme(
    p_id=>wwv_flow_imp.id(${target.id(`authorization\n${key}`)})
   ,p_name=>${text(name)}
   ,p_scheme_type=>'${type}'
   ${attributes}
   ,p_error_message=>${text(message)}
   ,p_caching=>'BY_USER_BY_SESSION'${scn}
  );`;
  const item = `  wwv_flow_imp_shared.create_flow_item(
    p_id=>wwv_flow_imp.id(${target.id('item')})
   ,p_name=>'${ORGANIZATION_ITEM}'
   ,p_protection_level=>'I'${scn}
  );`;
  const anyOrganization = scheme(
    '',
    'Member of any organisation',
    'NATIVE_FUNCTION_BODY',
    `,p_attribute_01=>'return v(''${ORGANIZATION_ITEM}'') is not null;'`,
    'Your account is not a member of an organisation.',
  );
  const roles = schemeRoles(target).map((role) =>
    scheme(
      role,
      shortened(`Holds ${role}`),
      'NATIVE_IS_IN_GROUP',
      `,p_attribute_01=>${text(groupName(role))}\n   ,p_attribute_02=>'C'`,
      // The message does not contain the name: APEX would replace a part of it that looks like a substitution.
      'Your account does not hold the role that this needs.',
    ),
  );
  return `${sqlHeader({
    what: 'authorization schemes that ask for the roles, and the application item with the organisation.',
    changes: `adds ${roles.length + 1} authorization schemes and the application item ${ORGANIZATION_ITEM} to the application. Nothing uses them until you choose them on a page, a region or the application.`,
    run: 'in SQL*Plus or SQLcl: @authorization-schemes.sql. Then set Shared Components > Security Attributes > Source for Role or Group Schemes to Custom Code: without it no scheme passes.',
    undo: 'delete them on their pages: Shared Components > Authorization Schemes, and Application Items.',
    checked: NEVER_RUN,
  })}
-- A comma in a role's name is %2C in the group's name, and a percent sign %25.
${SCRIPT_START}
${componentBlock(target, [item, anyOrganization, ...roles])}
${SCRIPT_END}
`;
}

/** Shortens a name to APEX's limit of 255 bytes, and keeps it distinct. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
  let prefix = name;
  while (Buffer.byteLength(prefix) > LONGEST_NAME - mark.length - 4) prefix = [...prefix].slice(0, -1).join('');
  return `${prefix}... ${mark}`;
}
