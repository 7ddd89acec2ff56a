import type { ProblemEntries } from './problem-entry.ts';

/** Problems with the tenant that a policy is put on. */
export const DEPLOYMENT_PROBLEMS = {
  tenant_unreachable: {
    meaning: 'The tenant did not answer.',
    remedy:
      'See that it runs, that AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET are what it printed, and that NODE_EXTRA_CA_CERTS names its certificate file.',
  },
  tenant_refused: {
    meaning: 'The tenant answered with an error: wrong credentials, a missing scope, or a value that it does not take.',
    remedy: 'Correct what it names, and try again.',
  },
  application_not_found: {
    meaning: 'The policy guards an application that the tenant does not have.',
    remedy: 'Correct "applications" in the policy.',
  },
  application_ambiguous: {
    meaning: 'The tenant has two applications of the name that the policy guards.',
    remedy: 'Name it by its client id in "applications" of the policy.',
  },
  guard_lost: {
    meaning: 'An application that is guarded now would lose its gate.',
    remedy: 'Name it by its client id in "applications" of the policy; or, if it is to stand open: --unguard CLIENT_ID',
  },
  role_renamed: {
    meaning: 'A role that logins assign has another name now.',
    remedy: 'Give it back its name in Auth0; or, if another role is to be assigned: --unguard ROLE_ID',
  },
  keyword_in_policy: {
    meaning: 'A text of the policy is a keyword to the deploy CLI, which would replace it on import.',
    remedy: 'Write the policy without it, or put it there with: portcullis apply',
  },
  unowned_action: {
    meaning: 'The tenant has an Action of our name that Portcullis did not make.',
    remedy: 'Rename it in Auth0 (Actions > Library), or hand it over: portcullis apply --adopt',
  },
  unowned_application: {
    meaning: 'The tenant has an application of our name that Portcullis did not make.',
    remedy: 'Rename it in Auth0 (Applications), or hand it over: portcullis apply --adopt',
  },
  other_trigger: {
    meaning: 'The tenant has an Action of that name, made for another trigger.',
    remedy: 'Rename it in Auth0 (Actions > Library), then try again.',
  },
  position_unknown: {
    meaning: 'The Action is to stand before or after an Action that is not bound to the login.',
    remedy: 'Correct "position" in the configuration.',
  },
  apply_in_progress: {
    meaning: 'Another `portcullis apply` changes this tenant.',
    remedy: 'Wait until it is done and try again; or take over: portcullis apply --take-over',
  },
  tenant_changed: {
    meaning: 'The tenant has changed since the plan was made.',
    remedy: 'Look at a new plan: portcullis plan',
  },
  check_failed: {
    meaning: 'The tenant does not have what was just written to it.',
    remedy: 'Run it again: portcullis apply',
  },
  check_impossible: {
    meaning: '`verify` cannot make a check, since the thing that it looks at is missing.',
    remedy: 'Put the policy there first: portcullis apply',
  },
  build_timeout: {
    meaning: 'The tenant did not build the Action in time.',
    remedy: 'Try again; what was deployed before still runs.',
  },
  secret_unreadable: {
    meaning: 'The client secret of our application cannot be read.',
    remedy: 'Give the management application the scope read:client_keys.',
  },
  export_failed: {
    meaning: "The tenant's export of users failed.",
    remedy: 'Try again. What has been read besides is kept.',
  },
  export_timeout: {
    meaning: "The tenant's export of users makes no progress.",
    remedy: 'Try again later; Auth0 takes one export at a time.',
  },
  folder_unusable: {
    meaning: 'The folder that keeps what was read of the users cannot be written.',
    remedy: 'Make it writable, or run the command in another folder.',
  },
  nothing_deployed: {
    meaning: 'The tenant has no deployed Action of ours.',
    remedy: 'Put the policy there first: portcullis apply',
  },
  version_unknown: {
    meaning: 'The tenant has no such version of the Action.',
    remedy: 'See the versions: portcullis rollback --list',
  },
  version_unusable: {
    meaning: 'A version of the Action cannot run again.',
    remedy:
      'Take another: portcullis rollback --list. Or write the policy into the configuration and put it there: portcullis apply',
  },
  not_applied: {
    meaning: 'The tenant runs another policy than the configuration has.',
    remedy: 'Put it there first: portcullis apply',
  },
  report_unusable: {
    meaning: 'The file of the backfill report cannot be written, or is no report.',
    remedy: 'Name another: portcullis backfill --report FILE',
  },
} as const satisfies ProblemEntries;
