-- What it is: the package portcullis_gate: reads the roles from the claim, makes them dynamic groups, and sets the organisation.
-- What it changes: creates or replaces the package portcullis_gate in the schema it is run in.
-- How to run it: as the parsing schema of the application: @post-authentication.sql. Run authorization-schemes.sql, too: it makes the item that is set here.
-- How to undo it: drop package portcullis_gate; after the authentication scheme no longer names it.
-- How it was checked: by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first.
set define off verify off feedback off
whenever sqlerror exit sql.sqlcode rollback
create or replace package portcullis_gate authid definer as
  -- Named in the authentication scheme as its post-authentication procedure.
  procedure post_authentication;
end portcullis_gate;
/
create or replace package body portcullis_gate as
  c_claim constant varchar2(1000) := 'https://apex.example.com/roles';
  c_prefix constant varchar2(400) := 'ORG:';
  c_invisible constant varchar2(400) := to_char(unistr('\0009\000a\000b\000c\000d \00a0\00ad\034f\061c\115f\1160\1680\17b4\17b5\180b\180c\180d\180e\180f\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200a\200b\200c\200d\200e\200f\2028\2029\202a\202b\202c\202d\202e\202f\205f\2060\2061\2062\2063\2064\2065\2066\2067\2068\2069\206a\206b\206c\206d\206e\206f\2800\3000\3164\fe00\fe01\fe02\fe03\fe04\fe05\fe06\fe07\fe08\fe09\fe0a\fe0b\fe0c\fe0d\fe0e\fe0f\feff\ffa0'));
  c_logout constant varchar2(4000) := to_char(unistr('https://example.eu.auth0.com/v2/logout?client_id=client-apex\0026returnTo=https%3A%2F%2Fapex.example.com%2Fords%2Fr%2Fteam%2Fapp%2Frefused%3Freason%3D'));
  c_fragment constant varchar2(1000) := null;

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
  begin
    l_value := apex_json.get_value(p_path => l_path, p_values => l_values);
    -- Whether APEX reads the ID token or asks for the user info is not documented. This reads the token that APEX itself
    -- has just fetched; it does not verify its signature.
    if l_value.kind is null and apex_json.does_exist(p_path => 'id_token') then
      l_token := apex_jwt.decode(p_value => apex_json.get_varchar2(p_path => 'id_token'));
      apex_json.parse(p_values => l_values, p_source => l_token.payload);
      l_value := apex_json.get_value(p_path => l_path, p_values => l_values);
    end if;
    if l_value.kind = apex_json.c_varchar2 and l_value.varchar2_value is not null then
      apex_string.push(l_roles, l_value.varchar2_value);
    elsif l_value.kind = apex_json.c_array then
      for i in 1 .. nvl(l_value.number_value, 0) loop
        l_item := apex_json.get_value(p_path => l_path || '[%d]', p0 => i, p_values => l_values);
        if l_item.kind = apex_json.c_varchar2 and l_item.varchar2_value is not null then
          apex_string.push(l_roles, l_item.varchar2_value);
        end if;
      end loop;
    else
      -- The Action puts a list into every login, so without one the Action did not run.
      refuse('roles_unknown');
    end if;
    for i in 1 .. l_roles.count loop
      apex_string.push(l_groups, group_name(l_roles(i)));
      if l_organization is null and is_organization(l_roles(i)) then
        l_organization := substr(l_roles(i), length(c_prefix) + 1);
      end if;
    end loop;
    apex_util.set_session_state('G_ORGANIZATION', l_organization);
    apex_authorization.enable_dynamic_groups(p_group_names => l_groups);
    apex_debug.info('portcullis: let in with %s roles', l_roles.count);
  end post_authentication;
end portcullis_gate;
/
set verify on feedback on define on
