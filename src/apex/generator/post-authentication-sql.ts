import type { Condition, Policy } from '../../policy/policy.ts';
import { type ApexTarget, logoutUrl } from './apex-target.ts';
import { ORGANIZATION_ITEM } from './authorization-schemes.ts';
import { SCRIPT_END, SCRIPT_START } from './component.ts';
import { decisionTable, INVISIBLE_TEXT } from './decision-table.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';
import { refusesByRole } from './roles-that-refuse.ts';
import { sqlLiteral } from './sql-literal.ts';

/** `post-authentication.sql`: the package that APEX calls after a user has signed in. */
export function postAuthenticationSql(target: ApexTarget): string {
  const { policy, decider } = target;
  const [address = '', fragment] = policy.landingPage.split('#');
  const separator = address.includes('?') ? '&' : '?';
  const back = `${address}${separator}reason=`;
  const hash = fragment === undefined ? '' : `#${fragment}`;
  const decides = decider !== 'action';
  const asksOrganization = decides && namesOrganization(policy);
  const needsRoles = !decides || refusesByRole(decisionTable(policy, target.clientId));
  const decisionPackage = decider === 'mle' ? 'portcullis_mle' : 'portcullis_decision';
  // A percent sign in a path is a placeholder, so a claim with one in its name is passed as its value.
  const percent = policy.claim.includes('%');
  const whole = percent
    ? `apex_json.get_value(p_path => '%0', p0 => l_path, p_values => l_values)`
    : 'apex_json.get_value(p_path => l_path, p_values => l_values)';
  const element = percent
    ? `apex_json.get_value(p_path => '%0[%1]', p0 => l_path, p1 => to_char(i), p_values => l_values)`
    : `apex_json.get_value(p_path => l_path || '[%d]', p0 => i, p_values => l_values)`;
  return `${sqlHeader({
    what: 'the package portcullis_gate: reads the roles from the claim, makes them dynamic groups, and sets the organisation.',
    changes: 'creates or replaces the package portcullis_gate in the schema it is run in.',
    run: `as the parsing schema of the application: @post-authentication.sql${decides ? `, after ${decider}-decision.sql` : ''}. Run authorization-schemes.sql, too: it makes the item that is set here.`,
    undo: 'drop package portcullis_gate; after the authentication scheme no longer names it.',
    checked: NEVER_RUN,
  })}
${SCRIPT_START}
create or replace package portcullis_gate authid definer as
  -- Named in the authentication scheme as its post-authentication procedure.
  procedure post_authentication;
end portcullis_gate;
/
create or replace package body portcullis_gate as
  c_claim constant varchar2(1000) := ${sqlLiteral(policy.claim)};
  c_prefix constant varchar2(400) := ${sqlLiteral(policy.organizationPrefix)};
  c_invisible constant varchar2(400) := ${sqlLiteral(INVISIBLE_TEXT)};
  c_logout constant varchar2(4000) := ${sqlLiteral(logoutUrl(target, back))};
  c_fragment constant varchar2(1000) := ${sqlLiteral(encodeURIComponent(hash))};

  function group_name(p_role in varchar2) return varchar2 is
  begin
    return replace(replace(p_role, '%', '%25'), ',', '%2C');
  end group_name;

  function is_organization(p_role in varchar2) return boolean is
  begin
    return utl_raw.cast_to_raw(substr(p_role, 1, length(c_prefix))) = utl_raw.cast_to_raw(c_prefix)
      and translate(substr(p_role, length(c_prefix) + 1), 'x' || c_invisible, 'x') is not null;
  end is_organization;

  -- Signs the person out of Auth0 and ends on the landing page. The engine stops in here: nothing behind it runs, and
  -- the session stays without a user. Never put it into a block with "when others".
  procedure refuse(p_reason in varchar2, p_rule in varchar2 default null) is
  begin
    apex_debug.warn('portcullis: refused, %s', p_reason);
    apex_util.redirect_url(p_url => c_logout || p_reason || p_rule || c_fragment);
    -- Not reached. Should it be, the sign-in must not go on.
    raise_application_error(-20999, 'portcullis: refused');
  end refuse;

  procedure post_authentication is
    l_value apex_json.t_value;
    l_item apex_json.t_value;
    l_values apex_json.t_values := apex_json.g_values;
    l_token apex_jwt.t_token;
    l_roles apex_t_varchar2 := apex_t_varchar2();
    l_groups apex_t_varchar2 := apex_t_varchar2();
    l_organization varchar2(4000);
    l_path constant varchar2(1100) := apex_json.to_member_name(c_claim);
${decides ? `    l_email apex_json.t_value;\n    l_verified apex_json.t_value;\n    l_decision ${decisionPackage}.t_decision;\n` : ''}${asksOrganization ? '    l_id_token apex_json.t_values;\n' : ''}  begin
    l_value := ${whole};
    -- Whether APEX reads the ID token or asks for the user info is not documented. This reads the token that APEX itself
    -- has just fetched; it does not verify its signature.
    if l_value.kind is null and apex_json.does_exist(p_path => 'id_token') then
      l_token := apex_jwt.decode(p_value => apex_json.get_varchar2(p_path => 'id_token'));
      apex_json.parse(p_values => l_values, p_source => l_token.payload);
      l_value := ${whole};
    end if;
    if l_value.kind = apex_json.c_varchar2 and l_value.varchar2_value is not null then
      apex_string.push(l_roles, l_value.varchar2_value);
    elsif l_value.kind = apex_json.c_array then
      for i in 1 .. nvl(l_value.number_value, 0) loop
        l_item := ${element};
        if l_item.kind = apex_json.c_varchar2 and l_item.varchar2_value is not null then
          apex_string.push(l_roles, l_item.varchar2_value);
        end if;
      end loop;
${needsRoles ? missingRoles(decides) : ''}    end if;
${
  decides
    ? `    -- From where the roles come: if APEX did not ask for the user info, the address is in the ID token alone, too.
    l_email := apex_json.get_value(p_path => 'email', p_values => l_values);
    l_verified := apex_json.get_value(p_path => 'email_verified', p_values => l_values);
${asksOrganization ? ORGANIZATION : ''}    l_decision := ${decisionPackage}.decide(
      p_application => ${sqlLiteral(target.clientId)},
      p_email => case when l_email.kind = apex_json.c_varchar2 then l_email.varchar2_value end,
      p_email_verified => l_verified.kind is not null and l_verified.kind = apex_json.c_true,
      p_roles => l_roles${asksOrganization ? `,\n      p_organization => apex_json.get_varchar2(p_path => 'org_id', p_values => l_id_token)` : ''});
    -- Whatever is not let in is refused: an application that calls this wants to be guarded.
    if l_decision.outcome is null or l_decision.outcome <> 'admit' then
      refuse(nvl(l_decision.reason, 'internal_error')${ruleArgument(policy)});
    end if;
    for i in 1 .. l_decision.assign.count loop
      apex_string.push(l_roles, l_decision.assign(i));
    end loop;
`
    : ''
}    for i in 1 .. l_roles.count loop
      apex_string.push(l_groups, group_name(l_roles(i)));
      if l_organization is null and is_organization(l_roles(i)) then
        l_organization := substr(l_roles(i), length(c_prefix) + 1);
      end if;
    end loop;
    apex_util.set_session_state('${ORGANIZATION_ITEM}', l_organization);
    apex_authorization.enable_dynamic_groups(p_group_names => l_groups);
    apex_debug.info('portcullis: let in with %s roles', l_roles.count);
  end post_authentication;
end portcullis_gate;
/
${SCRIPT_END}
`;
}

/** A claim that is missing must not count as an empty list. */
function missingRoles(decides: boolean): string {
  const reason = decides
    ? 'A role may refuse here, so a user whose roles are not known is refused.'
    : 'The Action puts a list into every login, so without one the Action did not run.';
  return `    else
      -- ${reason}
      refuse('roles_unknown');
`;
}

/** The user info need not name the organization, so it is read from the ID token. */
const ORGANIZATION = `    if not apex_json.does_exist(p_path => 'id_token') then refuse('internal_error'); end if;
    l_token := apex_jwt.decode(p_value => apex_json.get_varchar2(p_path => 'id_token'));
    apex_json.parse(p_values => l_id_token, p_source => l_token.payload);
`;

function namesOrganization({ refuse = [], admit = [] }: Policy): boolean {
  const names = ({ organization, not = [], anyOf = [] }: Condition): boolean =>
    organization !== undefined || [...not, ...anyOf].some(names);
  return [...refuse, ...admit].some(({ when }) => names(when));
}

/** The landing page shows the sentence of the rule that refuses, if it has one. The value is encoded twice, as it is within `returnTo`. */
function ruleArgument({ refuse = [] }: Policy): string {
  const whens = refuse.flatMap(({ rule, because }) => {
    const parameter = encodeURIComponent(`&rule=${encodeURIComponent(rule)}`);
    return because === undefined ? [] : [` when ${sqlLiteral(rule)} then ${sqlLiteral(parameter)}`];
  });
  if (whens.length === 0) return '';
  return `,\n        case when l_decision.reason = 'refuse_rule' then case l_decision.rules(1)${whens.join('')} end end`;
}
