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

// ../action/grouped-addresses
function ungroupAddresses(value) {
  return ungrouped(value);
}
function ungrouped(value) {
  if (Array.isArray(value)) return value.map(ungrouped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(
      ([name, inner]) => name === "addresses" && isGrouped(inner) ? ["email", addressesOf(inner)] : [name, ungrouped(inner)]
    )
  );
}
function isGrouped(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function addressesOf(groups) {
  return Object.entries(groups).flatMap(
    ([domain, list]) => list.flatMap((text) => text.split(" ").map((name) => domain === "" ? name : `${name}@${domain}`))
  );
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

// ../policy/metadata-value
function metadataValue(record, steps) {
  let value = record;
  for (const step of steps) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return void 0;
    value = value[step];
  }
  return value;
}

// ../policy/network
var OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
var GROUP = /^[0-9a-f]{1,4}$/i;
var MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];
function parseAddress(text) {
  const octets = text.includes(":") ? parseVersion6(text) : parseVersion4(text);
  if (octets?.length !== 16 || !MAPPED.every((octet, at) => octets[at] === octet)) return octets;
  return octets.slice(12);
}
function parseNetwork(text) {
  const [address = "", length, ...rest] = text.split("/");
  const octets = parseAddress(address);
  if (octets === void 0 || rest.length > 0) return void 0;
  if (length === void 0) return { octets, bits: octets.length * 8 };
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(length)) return void 0;
  const bits = Number(length) - (octets.length === 4 && address.includes(":") ? 96 : 0);
  return bits >= 0 && bits <= octets.length * 8 ? { octets, bits } : void 0;
}
function isInNetwork(address, { octets, bits }) {
  if (address.length !== octets.length) return false;
  for (let at = 0; at * 8 < bits; at += 1) {
    const free = Math.max(0, 8 - (bits - at * 8));
    if ((address[at] ?? 0) >> free !== (octets[at] ?? 0) >> free) return false;
  }
  return true;
}
function parseVersion4(text) {
  const parts = text.split(".");
  const valid = parts.length === 4 && parts.every((part) => OCTET.test(part) && Number(part) <= 255);
  return valid ? parts.map(Number) : void 0;
}
function parseVersion6(text) {
  const halves = text.split("::");
  if (halves.length > 2) return void 0;
  const [head, tail] = halves.map((half) => half === "" ? [] : parseGroups(half));
  if (head === void 0) return void 0;
  if (halves.length === 1) return head.length === 16 ? head : void 0;
  if (tail === void 0 || head.length + tail.length > 14) return void 0;
  return [...head, ...new Array(16 - head.length - tail.length).fill(0), ...tail];
}
function parseGroups(text) {
  const octets = [];
  const groups = text.split(":");
  for (const [at, group] of groups.entries()) {
    const last = at === groups.length - 1 && group.includes(".") ? parseVersion4(group) : void 0;
    if (last !== void 0) octets.push(...last);
    else if (GROUP.test(group)) octets.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255);
    else return void 0;
  }
  return octets;
}

// ../policy/normal-form
function normalForm(policy) {
  const { defaultRole, organizationPrefix: prefix, organizations, otherwise } = policy;
  const admit = [...policy.admit ?? []];
  const held = { prefix: prefix === "" ? void 0 : prefix, name: defaultRole };
  if (prefix !== "") admit.push(shortRule("organization_member", { holding: { prefix } }, []));
  if (defaultRole !== void 0) admit.push(shortRule("default_role_holder", { holding: { name: defaultRole } }, []));
  for (const [index, organization] of organizations.entries()) {
    for (const when of domainConditions(organization, index, organizations)) {
      admit.push({ ...shortRule("organization_domain", when, [organization.role]), unlessHolding: held });
    }
  }
  return { refuse: policy.refuse ?? [], admit, otherwise: remainder(defaultRole, otherwise) };
}
function rolePattern(text) {
  return text.length > 1 && text.endsWith("*") ? { prefix: text.slice(0, -1) } : { name: text };
}
function shortRule(reason, when, roles) {
  return { rule: reason, reason, when, roles };
}
function remainder(defaultRole, otherwise) {
  if (otherwise === "refuse") return void 0;
  if (otherwise !== void 0) return { roles: otherwise.roles, reason: "otherwise" };
  return defaultRole === void 0 ? void 0 : { roles: [defaultRole], reason: "default_role" };
}
function domainConditions({ domains, includeSubdomains }, index, organizations) {
  if (!includeSubdomains || domains.length === 0) return [{ emailDomain: domains }];
  const others = organizations.filter((_, position) => position !== index);
  const plain = [];
  const conditions = [];
  for (const domain of domains) {
    const below = others.flatMap(
      (other) => other.domains.filter((one) => one.endsWith(`.${domain}`)).flatMap((one) => domainValues(one, other))
    );
    if (below.length === 0) plain.push(domain, `*.${domain}`);
    else conditions.push({ emailDomain: [domain, `*.${domain}`], not: [{ emailDomain: below }] });
  }
  return plain.length === 0 ? conditions : [{ emailDomain: plain }, ...conditions];
}
function domainValues(domain, { includeSubdomains }) {
  return includeSubdomains ? [domain, `*.${domain}`] : [domain];
}

// ../policy/compiled-condition
function compileCondition(condition, used) {
  const parts = [];
  const add = (name, part) => {
    used.add(name);
    parts.push(part);
  };
  for (const [name, values] of [
    ["application", condition.application],
    ["address", condition.email],
    ["connection", condition.connection],
    ["country", condition.country]
  ]) {
    if (values !== void 0) add(name, oneOf(name, values));
  }
  if (condition.emailDomain !== void 0) add("domain", domainIn(condition.emailDomain));
  if (condition.organization !== void 0) add("organization", anyIn("organization", condition.organization));
  if (condition.group !== void 0) add("groups", anyIn("groups", condition.group));
  if (condition.role !== void 0) add("roles", holdsAny(condition.role.map(rolePattern)));
  if (condition.holding !== void 0) add("roles", holdsAny([condition.holding]));
  if (condition.appMetadata !== void 0) add("appMetadata", metadataHas(condition.appMetadata));
  if (condition.network !== void 0) add("ip", addressIn(condition.network));
  if (condition.from !== void 0 || condition.until !== void 0) {
    add("at", between(condition.from, condition.until));
  }
  if (condition.not !== void 0) {
    const inner = condition.not.map((one) => compileCondition(one, used));
    parts.push((facts, unknown) => opposite(any(inner, facts, unknown)));
  }
  if (condition.anyOf !== void 0) {
    const inner = condition.anyOf.map((one) => compileCondition(one, used));
    parts.push((facts, unknown) => any(inner, facts, unknown));
  }
  return (facts, unknown) => all(parts, facts, unknown);
}
function holds(roles, { prefix, name }) {
  return roles.some(
    (role) => name !== void 0 && role === name || prefix !== void 0 && role.startsWith(prefix) && hasVisibleCharacter(role.slice(prefix.length))
  );
}
function all(parts, facts, unknown) {
  let truth = true;
  for (const part of parts) {
    const one = part(facts, unknown);
    if (one === false) return false;
    if (one === void 0) truth = void 0;
  }
  return truth;
}
function any(parts, facts, unknown) {
  let truth = false;
  for (const part of parts) {
    const one = part(facts, unknown);
    if (one === true) return true;
    if (one === void 0) truth = void 0;
  }
  return truth;
}
function opposite(truth) {
  return truth === void 0 ? void 0 : !truth;
}
function oneOf(name, values) {
  const set = new Set(values);
  return (facts, unknown) => {
    const value = facts[name];
    return value === void 0 ? unknown : set.has(value);
  };
}
function anyIn(name, values) {
  const set = new Set(values);
  return (facts, unknown) => facts[name]?.some((value) => set.has(value)) ?? unknown;
}
function domainIn(values) {
  const set = new Set(values);
  const hasWildcard = values.some((value) => value.startsWith("*."));
  return ({ domain }, unknown) => {
    if (domain === void 0) return unknown;
    if (set.has(domain)) return true;
    if (!hasWildcard) return false;
    for (let dot = domain.indexOf("."); dot >= 0; dot = domain.indexOf(".", dot + 1)) {
      if (set.has(`*${domain.slice(dot)}`)) return true;
    }
    return false;
  };
}
function holdsAny(patterns) {
  return ({ roles }) => roles === void 0 ? void 0 : patterns.some((pattern) => holds(roles, pattern));
}
function metadataHas(wanted) {
  const paths = Object.entries(wanted).map(([path, values]) => ({
    steps: path.split("."),
    values: new Set(values)
  }));
  return ({ appMetadata }, unknown) => {
    if (appMetadata === void 0) return unknown;
    return paths.every(({ steps, values }) => {
      const value = metadataValue(appMetadata, steps);
      return Array.isArray(value) ? value.some((one) => values.has(one)) : values.has(value);
    });
  };
}
function addressIn(values) {
  const networks = values.map(parseNetwork).filter((network) => network !== void 0);
  return ({ ip }, unknown) => ip === void 0 ? unknown : networks.some((network) => isInNetwork(ip, network));
}
function between(from, until) {
  const first = from === void 0 ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const end = until === void 0 ? Number.POSITIVE_INFINITY : Date.parse(until);
  return ({ at }, unknown) => at === void 0 ? unknown : at >= first && at < end;
}

// ../policy/compiled-rules
var compiledPolicies = /* @__PURE__ */ new WeakMap();
function compiledRules(policy) {
  const former = compiledPolicies.get(policy);
  if (former !== void 0) return former;
  const { refuse, admit, otherwise } = normalForm(policy);
  const compiled = { refuse: refuse.map(compileRule).sort(byName), admit: admit.map(compileRule), otherwise };
  const conditions = [...refuse, ...admit].flatMap(({ when }) => withInner(when));
  const result = {
    ...compiled,
    uses: new Set([...compiled.refuse, ...compiled.admit].flatMap(({ uses }) => [...uses])),
    namedAddresses: new Set(conditions.flatMap(({ email = [] }) => email)),
    conditions
  };
  compiledPolicies.set(policy, result);
  return result;
}
function compileRule(rule) {
  const uses = /* @__PURE__ */ new Set();
  return { rule, fits: compileCondition(rule.when, uses), uses };
}
function withInner(condition) {
  return [condition, ...[...condition.not ?? [], ...condition.anyOf ?? []].flatMap(withInner)];
}
function byName(one, another) {
  if (one.rule.rule === another.rule.rule) return 0;
  return one.rule.rule < another.rule.rule ? -1 : 1;
}

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

// ../policy/fold-address
var ASCII_CHARACTER = /[\0-\x7f]/;
function foldAddress(email) {
  const domain = emailDomain(email);
  if (email === void 0 || domain === void 0) return void 0;
  const localPart = email.slice(0, email.lastIndexOf("@"));
  let lower = "";
  for (const character of localPart) {
    const folded = character.toLowerCase();
    if (!ASCII_CHARACTER.test(character) && ASCII_CHARACTER.test(folded.normalize("NFKC"))) return void 0;
    lower += folded;
  }
  return `${lower.normalize("NFC")}@${domain}`;
}

// ../policy/known-facts
function knownFacts(visitor, needsAddress) {
  const { email, roles, connection, country, ip, at, appMetadata } = visitor;
  return {
    application: visitor.application,
    domain: emailDomain(email),
    address: needsAddress && typeof email === "string" ? foldAddress(email) : void 0,
    connection: typeof connection === "string" && connection !== "" ? connection : void 0,
    organization: listOfTexts(visitor.organization),
    groups: listOfTexts(visitor.groups),
    roles,
    appMetadata: typeof appMetadata === "object" && appMetadata !== null ? appMetadata : void 0,
    country: typeof country === "string" && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : void 0,
    ip: typeof ip === "string" ? parseAddress(ip) : void 0,
    at: typeof at === "number" && Number.isFinite(at) ? at : void 0
  };
}
function reasonOfDoubt({ emailVerified }, { domain }) {
  if (domain === void 0) return "missing_email";
  return emailVerified === true ? void 0 : "unverified_email";
}
function withoutAddress(facts) {
  return { ...facts, address: void 0, domain: void 0 };
}
function listOfTexts(list) {
  return Array.isArray(list) && list.every((text) => typeof text === "string") ? list : void 0;
}

// ../policy/refusal-messages
var refusalMessages = {
  missing_email: "We could not find a usable e-mail address in your account. Please sign in with an account that has one.",
  unverified_email: "Your e-mail address has not been confirmed yet. Please open the link in the message we sent you, then sign in again.",
  refuse_rule: "Your account may not use this application. Please ask its owner.",
  no_matching_rule: "Your account does not have access to this application. Please ask its owner, or sign in with another account.",
  assignment_failed: "We could not finish setting up your access. Please try again in a few minutes.",
  roles_unknown: "We could not check your access just now. Please try again in a few minutes.",
  refused_before: "This sign-in was already turned down. Please start again from the application."
};
var BUILT_IN_REASONS = /* @__PURE__ */ new Set([
  ...Object.keys(refusalMessages),
  "internal_error",
  "unguarded_application",
  "admit_rule",
  "otherwise",
  "organization_member",
  "default_role_holder",
  "organization_domain",
  "default_role",
  "unverified_email_admitted",
  "assignment_failed_admitted"
]);

// ../policy/decide
var SHORT_RULES = ["organization_member", "default_role_holder", "organization_domain"];
function decide(policy, visitor) {
  const ruling = prepare(policy, visitor, true);
  if ("outcome" in ruling) return ruling;
  const { rules, facts, unproven } = ruling;
  if (unproven !== void 0 && policy.unverifiedEmail === "admit") {
    return admission(visitor.roles, "unverified_email_admitted");
  }
  const fitting = rules.admit.filter(({ fits }) => fits(facts, void 0) === true).map(({ rule }) => rule);
  if (fitting.length > 0) return admissionByRules(fitting, visitor);
  if (unproven !== void 0) return refusalFor(unproven);
  if (rules.otherwise === void 0) return refusalFor("no_matching_rule");
  return admission(visitor.roles, rules.otherwise.reason, rules.otherwise.roles);
}
function prepare(policy, visitor, rolesAreKnown) {
  if (!policy.applications.includes(visitor.application)) {
    return { outcome: "ignore", reason: "unguarded_application" };
  }
  const rules = compiledRules(policy);
  const known = knownFacts(visitor, rules.namedAddresses.size > 0);
  const facts = rolesAreKnown ? known : { ...known, roles: void 0 };
  const unproven = reasonOfDoubt(visitor, facts);
  if (unproven !== void 0 && policy.unverifiedEmail === "refuse") return refusalFor(unproven);
  const readings = unproven === void 0 ? [facts] : [facts, withoutAddress(facts)];
  let isUncertain = false;
  for (const { rule, fits } of rules.refuse) {
    const truths = readings.map((reading) => fits(reading, false));
    if (truths.includes(true)) return refuseByRule(rule.rule, rule.because);
    isUncertain ||= truths.includes(void 0);
  }
  return isUncertain ? refusalFor("roles_unknown") : { rules, facts: readings.at(-1) ?? facts, unproven };
}
function admissionByRules(fitting, visitor) {
  const gives = (rules) => rules.flatMap(
    ({ roles, unlessHolding }) => unlessHolding !== void 0 && holds(visitor.roles, unlessHolding) ? [] : roles
  );
  const written = fitting.filter((rule) => rule.reason === void 0).map(({ rule }) => rule);
  const reason = SHORT_RULES.find((one) => fitting.some((rule) => rule.reason === one));
  const decided = admission(
    visitor.roles,
    written.length > 0 ? "admit_rule" : reason ?? "admit_rule",
    gives(fitting)
  );
  const decision = written.length === 0 ? decided : { ...decided, rules: [...new Set(written)].sort() };
  const free = fitting.filter(({ mfa }) => mfa !== true);
  const freely = new Set(gives(free));
  const makesDifference = free.length === 0 || gives(fitting).some((role) => !freely.has(role));
  return withFactor(decision, makesDifference && visitor.mfa !== true);
}
function admission(held, reason, given = []) {
  const assign = [...new Set(given)].filter((role) => !held.includes(role)).sort();
  return { outcome: "admit", reason, assign, roles: [.../* @__PURE__ */ new Set([...held, ...assign])].sort() };
}
function withFactor(decision, isNeeded) {
  return isNeeded ? { ...decision, mfa: true } : decision;
}
function refusalFor(reason) {
  return { outcome: "refuse", reason, message: refusalMessages[reason] };
}
function refuseByRule(rule, because) {
  return { ...refusalFor("refuse_rule"), rule, ...because === void 0 ? {} : { message: because } };
}

// generator/mle-entry
var wholePolicy;
function decideVisitor(application, email, emailVerified, roles, organization, at) {
  wholePolicy ??= ungroupAddresses(POLICY);
  const decision = decide(wholePolicy, {
    application,
    email: email ?? void 0,
    emailVerified: emailVerified === 1,
    roles: JSON.parse(roles),
    organization: organization === null || organization === void 0 ? [] : [organization],
    at: Date.parse(at)
  });
  const { outcome, reason } = decision;
  const assign = decision.outcome === "admit" ? decision.assign : [];
  return JSON.stringify({ outcome, reason, rules: rulesOf(decision), assign });
}
function rulesOf(decision) {
  if (decision.outcome === "admit") return decision.rules ?? [];
  return decision.outcome === "refuse" && decision.rule !== void 0 ? [decision.rule] : [];
}
export {
  decideVisitor
};
/
create or replace function portcullis_decide(
  p_application in varchar2, p_email in varchar2, p_email_verified in number, p_roles in varchar2,
  p_organization in varchar2, p_at in varchar2
) return varchar2 as mle module portcullis_policy
  signature 'decideVisitor(string, string, number, string, string, string)';
/
create or replace package portcullis_mle authid definer as
  -- rules: the names of the rules that decided; assign: the roles that they give in addition to those held.
  type t_decision is record (
    outcome varchar2(10), reason varchar2(40), rules apex_t_varchar2, assign apex_t_varchar2);
  -- p_organization: the id of the organization that the user signed in to; p_at: UTC, the database's clock unless set.
  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2,
    p_organization in varchar2 default null, p_at in timestamp default null
  ) return t_decision;
end portcullis_mle;
/
create or replace package body portcullis_mle as
  function names(p_list in json_array_t) return apex_t_varchar2 is
    l_names apex_t_varchar2 := apex_t_varchar2();
  begin
    for i in 1 .. p_list.get_size loop
      apex_string.push(l_names, p_list.get_string(i - 1));
    end loop;
    return l_names;
  end names;

  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2,
    p_organization in varchar2 default null, p_at in timestamp default null
  ) return t_decision is
    l_decision t_decision;
    l_roles json_array_t := json_array_t();
    l_answer json_object_t;
  begin
    if p_roles is not null then
      for i in 1 .. p_roles.count loop
        l_roles.append(p_roles(i));
      end loop;
    end if;
    l_answer := json_object_t.parse(portcullis_decide(
      p_application, p_email, case when p_email_verified then 1 else 0 end, l_roles.to_string, p_organization,
      to_char(nvl(p_at, sys_extract_utc(systimestamp)), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"')));
    l_decision.outcome := l_answer.get_string('outcome');
    l_decision.reason := l_answer.get_string('reason');
    l_decision.rules := names(l_answer.get_array('rules'));
    l_decision.assign := names(l_answer.get_array('assign'));
    return l_decision;
  end decide;
end portcullis_mle;
/
set verify on feedback on define on
