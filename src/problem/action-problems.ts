import type { ProblemEntries } from './problem-entry.ts';

const CORRECT = 'Correct the Action: Auth0 would refuse it as well.';

/** Problems of the Action that enforces a policy, and of any Action on the local tenant. */
export const ACTION_PROBLEMS = {
  no_applications: {
    meaning: 'The policy guards no application, so its Action would let in every user everywhere.',
    remedy: 'Name the client id of at least one application in "applications" of the policy.',
  },
  role_without_id: {
    meaning: 'The policy may assign a role whose id on the tenant is not known.',
    remedy: 'Create the role first, and give its id in "roleIds".',
  },
  invalid_domain: {
    meaning: "The tenant's domain is not a host name.",
    remedy: 'Name it so: example.eu.auth0.com, without https:// and without a path.',
  },
  invalid_logout_origin: {
    meaning: 'A logout origin is not an origin.',
    remedy: 'Name it so: http://localhost:4001, without a path.',
  },
  action_too_large: {
    meaning: 'The Action would be larger than Auth0 takes.',
    remedy: 'Name fewer organisations or e-mail domains in the policy, or use includeSubdomains.',
  },
  invalid: { meaning: 'An Action or a module has a value that Auth0 does not take.', remedy: CORRECT },
  too_large: { meaning: 'The code, a secret or a name of an Action is longer than Auth0 takes.', remedy: CORRECT },
  too_many: { meaning: 'An Action, a trigger or a tenant has more parts than Auth0 takes.', remedy: CORRECT },
  unknown_trigger: { meaning: 'There is no such trigger, or no such version of it.', remedy: CORRECT },
  not_found: {
    meaning: 'There is no such Action, module or version.',
    remedy: 'List them: GET /api/v2/actions/actions',
  },
  name_taken: { meaning: 'Another Action or module has that name.', remedy: 'Choose another name.' },
  not_built: {
    meaning: 'A draft or a version of an Action is not built.',
    remedy: 'Wait for its build, or correct what the build reports.',
  },
  action_syntax: {
    meaning: 'The code of an Action is not valid JavaScript. Auth0 would deploy it, and every run would fail.',
    remedy: 'Correct the line that the message names, and push it again.',
  },
  build_failed: {
    meaning: 'An Action could not be built.',
    remedy: 'Correct what the message names, and deploy it again.',
  },
  npm_failed: {
    meaning: 'A package of an Action could not be found or installed by npm.',
    remedy: 'See that npm is installed, that it reaches its registry, and that it knows the package: npm view PACKAGE',
  },
  not_deployed: { meaning: 'An Action is not deployed, so it cannot be bound.', remedy: 'Deploy it, then bind it.' },
  bound: {
    meaning: 'An Action that is bound to a trigger cannot be deleted.',
    remedy: 'Unbind it first: Actions > Triggers.',
  },
  in_use: { meaning: 'A module or a version of it is used by an Action.', remedy: 'Take it out of the Action first.' },
  nothing_to_publish: { meaning: 'A module has no draft to publish.', remedy: 'Change its draft first.' },
  already_draft: { meaning: 'A version of a module is its draft already.', remedy: 'There is nothing to do.' },
  action_unrunnable: {
    meaning: 'A bound Action cannot run: it is not deployed or not built, or its login has gone on already.',
    remedy: 'Deploy it again, or sign in again.',
  },
  claims_too_large: {
    meaning: 'Actions set more custom claims than a token may carry.',
    remedy: 'Set fewer or shorter claims.',
  },
} as const satisfies ProblemEntries;
