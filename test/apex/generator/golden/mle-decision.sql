-- What it is: the policy as a JavaScript module for the database's own engine (MLE), made from the files that the Action is made from.
-- What it changes: creates or replaces the MLE module portcullis_policy, the function portcullis_decide and the package portcullis_mle in the schema it is run in.
-- How to run it: on Oracle Database 23ai, as the parsing schema of the application: @mle-decision.sql. It needs the privileges CREATE MLE MODULE and EXECUTE ON JAVASCRIPT.
-- How to undo it: drop package portcullis_mle; drop function portcullis_decide; drop mle module portcullis_policy;
-- How it was checked: by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first. The JavaScript was run in a bare engine, without anything of Node, and compared with the policy.
set define off verify off feedback off sqlblanklines on
whenever sqlerror exit sql.sqlcode rollback
create or replace mle module portcullis_policy language javascript as
const POLICY = {
  applications: ['client-apex'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
  defaultRole: 'APEX User',
  organizationPrefix: 'ORG:',
  organizations: [
    {
      role: 'ORG:WATER',
      domains: ['water.example'],
      includeSubdomains: false,
    },
  ],
  unverifiedEmail: 'refuse',
  onFailure: 'refuse',
};

// ../policy/domain-name
var LONGEST_DOMAIN = 253;
var LONGEST_LABEL = 63;
var LABEL = /^[a-z0-9\u0080-\u{10ffff}](?:[a-z0-9\u0080-\u{10ffff}-]*[a-z0-9\u0080-\u{10ffff}])?$/u;
var ALL_DIGITS = /^[0-9]+$/;
var ASCII = /[\0-\x7f]/;
var NEVER_IN_DOMAINS = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u3002]/u;
function foldDomain(domain) {
  const name = domain.replace(/\.$/, "");
  if (name.length > LONGEST_DOMAIN || NEVER_IN_DOMAINS.test(name)) return void 0;
  let lower = "";
  for (const character of name) {
    const folded = character.toLowerCase();
    if (!ASCII.test(character) && ASCII.test(folded.normalize("NFKC"))) return void 0;
    lower += folded;
  }
  const composed = lower.normalize("NFC");
  return composed === lower.normalize("NFKC") && hasLabels(composed) ? composed : void 0;
}
function hasLabels(name) {
  const labels = name.split(".");
  return labels.every((label) => label.length <= LONGEST_LABEL && LABEL.test(label)) && !ALL_DIGITS.test(labels.at(-1) ?? "");
}

// ../policy/email-domain
var LONGEST_EMAIL = 320;
var LOCAL_PART = /^[\w.!#$%&'*+/=?^`{|}~\-\u0080-\u{10ffff}]+$/u;
var INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
var ENCODED_WORD = "=?";
function emailDomain(email) {
  if (typeof email !== "string" || email.length > LONGEST_EMAIL) return void 0;
  const at = email.lastIndexOf("@");
  if (at < 0) return void 0;
  const localPart = email.slice(0, at);
  if (!LOCAL_PART.test(localPart) || INVISIBLE.test(localPart) || localPart.includes(ENCODED_WORD)) return void 0;
  return foldDomain(email.slice(at + 1));
}

// ../policy/invisible-characters
var INVISIBLE_CHARACTERS = [
  [9, 13],
  [32, 32],
  [160, 160],
  [173, 173],
  [847, 847],
  [1564, 1564],
  [4447, 4448],
  [5760, 5760],
  [6068, 6069],
  [6155, 6159],
  [8192, 8207],
  [8232, 8239],
  [8287, 8303],
  [10240, 10240],
  [12288, 12288],
  [12644, 12644],
  [65024, 65039],
  [65279, 65279],
  [65440, 65440]
];
function hasVisibleCharacter(text) {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!INVISIBLE_CHARACTERS.some(([first, last]) => code >= first && code <= last)) return true;
  }
  return false;
}

// ../policy/organization-match
function findOrganization(organizations, domain) {
  let match;
  let matchedLength = 0;
  for (const organization of organizations) {
    for (const candidate of organization.domains) {
      if (candidate.length > matchedLength && belongsTo(domain, candidate, organization.includeSubdomains)) {
        match = organization;
        matchedLength = candidate.length;
      }
    }
  }
  return match;
}
function belongsTo(domain, parent, includeSubdomains) {
  return domain === parent || includeSubdomains && domain.endsWith(`.${parent}`);
}

// ../policy/refusal-messages
var refusalMessages = {
  missing_email: "We could not find a usable e-mail address in your account. Please sign in with an account that has one.",
  unverified_email: "Your e-mail address has not been confirmed yet. Please open the link in the message we sent you, then sign in again.",
  no_matching_rule: "Your account does not have access to this application. Please ask its owner, or sign in with another account.",
  assignment_failed: "We could not finish setting up your access. Please try again in a few minutes.",
  roles_unknown: "We could not check your access just now. Please try again in a few minutes.",
  refused_before: "This sign-in was already turned down. Please start again from the application."
};

// ../policy/decide
function decide(policy, visitor) {
  if (!policy.applications.includes(visitor.application)) {
    return { outcome: "ignore", reason: "unguarded_application" };
  }
  const domain = emailDomain(visitor.email);
  if (domain === void 0 || visitor.emailVerified !== true) {
    if (policy.unverifiedEmail === "admit") return admit(visitor, "unverified_email_admitted");
    return refuse(domain === void 0 ? "missing_email" : "unverified_email");
  }
  if (visitor.roles.some((role) => isOrganizationRole(policy, role))) return admit(visitor, "organization_member");
  if (policy.defaultRole !== void 0 && visitor.roles.includes(policy.defaultRole)) {
    return admit(visitor, "default_role_holder");
  }
  const organization = findOrganization(policy.organizations, domain);
  if (organization !== void 0) return admit(visitor, "organization_domain", organization.role);
  if (policy.defaultRole !== void 0) return admit(visitor, "default_role", policy.defaultRole);
  return refuse("no_matching_rule");
}
function isOrganizationRole(policy, role) {
  const prefix = policy.organizationPrefix;
  return prefix !== "" && role.startsWith(prefix) && hasVisibleCharacter(role.slice(prefix.length));
}
function admit({ roles }, reason, needed) {
  const assign = needed === void 0 || roles.includes(needed) ? [] : [needed];
  return { outcome: "admit", reason, assign, roles: [.../* @__PURE__ */ new Set([...roles, ...assign])].sort() };
}
function refuse(reason) {
  return { outcome: "refuse", reason, message: refusalMessages[reason] };
}

// generator/mle-entry
function decideVisitor(application, email, emailVerified, roles) {
  const decision = decide(POLICY, {
    application,
    email: email ?? void 0,
    emailVerified: emailVerified === 1,
    roles: JSON.parse(roles)
  });
  const assign = decision.outcome === "admit" ? decision.assign : [];
  return JSON.stringify({ outcome: decision.outcome, reason: decision.reason, assign });
}
export {
  decideVisitor
};
/
create or replace function portcullis_decide(
  p_application in varchar2, p_email in varchar2, p_email_verified in number, p_roles in varchar2
) return varchar2 as mle module portcullis_policy
  signature 'decideVisitor(string, string, number, string)';
/
create or replace package portcullis_mle authid definer as
  type t_decision is record (outcome varchar2(10), reason varchar2(40), assign varchar2(4000));
  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2
  ) return t_decision;
end portcullis_mle;
/
create or replace package body portcullis_mle as
  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2
  ) return t_decision is
    l_decision t_decision;
    l_roles json_array_t := json_array_t();
    l_answer json_object_t;
    l_assign json_array_t;
  begin
    if p_roles is not null then
      for i in 1 .. p_roles.count loop
        l_roles.append(p_roles(i));
      end loop;
    end if;
    l_answer := json_object_t.parse(portcullis_decide(
      p_application, p_email, case when p_email_verified then 1 else 0 end, l_roles.to_string));
    l_decision.outcome := l_answer.get_string('outcome');
    l_decision.reason := l_answer.get_string('reason');
    l_assign := l_answer.get_array('assign');
    if l_assign.get_size > 0 then
      l_decision.assign := l_assign.get_string(0);
    end if;
    return l_decision;
  end decide;
end portcullis_mle;
/
set verify on feedback on define on
