import type { ProblemEntries } from './problem-entry.ts';

/** Problems of any command: its options, the files that it reads and writes, its questions. */
export const COMMAND_PROBLEMS = {
  usage: {
    meaning: 'The command or an option was typed wrong.',
    remedy: 'See what the command takes: portcullis COMMAND --help',
  },
  command_not_started: {
    meaning: '`exec` cannot start the command.',
    remedy: 'Name a program of PATH after two dashes: portcullis exec -- npm test',
  },
  options_conflict: { meaning: 'Two options exclude each other.', remedy: 'Leave out one of the two.' },
  answer_needed: {
    meaning: '`init` needs an answer, and cannot ask since it runs outside a terminal.',
    remedy: 'Give the answer as an option: portcullis init --help',
  },
  rule_unreadable: {
    meaning: 'An `--admit` is not a role, `=` and e-mail addresses or domains.',
    remedy: 'Write it so: --admit Auditor=kim@audit.example',
  },
  organization_unreadable: {
    meaning: 'An `--organization` is not a role, `=` and e-mail domains.',
    remedy: 'Write it so: --organization ORG:WATER=water.example,wasser.example',
  },
  user_not_found: {
    meaning: 'The tenant has no user with that e-mail address.',
    remedy: 'Correct the address: portcullis test --who EMAIL',
  },
  confirmation_needed: {
    meaning: 'The command asks before it changes a tenant, and cannot ask since it runs outside a terminal.',
    remedy: 'Say so beforehand: --yes',
  },
  cancelled: {
    meaning: 'The user pressed Ctrl-C or Ctrl-D at a question.',
    remedy: 'Run the command again when you are ready.',
    exitStatus: 130,
  },
  configuration_exists: {
    meaning: '`init` found a configuration at the place where it would write one.',
    remedy: 'Edit it, or write another: portcullis init --config other.config.ts',
  },
  file_exists: {
    meaning: 'A file exists at the place where the command would write one.',
    remedy: 'Replace it: --overwrite. Or name another: --out FOLDER',
  },
  file_unwritable: { meaning: '`init` cannot write its files.', remedy: 'Name another configuration: --config FILE' },
  package_json_invalid: {
    meaning: '`init --testing` cannot read package.json, to which it adds scripts.',
    remedy: 'Correct it, or run the command in the folder of your project.',
  },
  folder_unwritable: {
    meaning: 'A file of the folder `--out` cannot be written.',
    remedy: 'Name another: --out FOLDER',
  },
  plan_unwritable: { meaning: 'The file of a plan cannot be written.', remedy: 'Name another: --out FILE' },
  plan_unreadable: {
    meaning: 'The file of a plan is missing, cannot be read, or is from another version.',
    remedy: 'Name a file that plan has written, or make one: portcullis plan --out gate.plan',
  },
  csv_unwritable: { meaning: 'The file `--csv` cannot be written.', remedy: 'Name another: --csv FILE' },
  report_unwritable: { meaning: 'The file `--junit` cannot be written.', remedy: 'Name another: --junit FILE' },
  output_unwritable: {
    meaning: 'The output of the command could not be written: the disk is full, for example.',
    remedy: 'Make room, or send it elsewhere, and run it again.',
  },
  action_unreadable: { meaning: 'The file of an Action cannot be read.', remedy: 'Name a file that is there.' },
  event_unreadable: { meaning: 'The file `--event` cannot be read.', remedy: 'Name a file that is there.' },
  event_invalid: {
    meaning: 'The file `--event` is not JSON, or lacks what Auth0 gives to every Action of the trigger.',
    remedy: 'Correct it, or begin again: portcullis action event > event.json',
  },
  geoip_unreadable: { meaning: 'The file `--geoip` cannot be read.', remedy: 'Name a file that is there.' },
  geoip_invalid: {
    meaning: 'The file `--geoip` is not JSON, or has a field of the wrong type.',
    remedy: 'Write it so: {"countryCode": "DE", "cityName": "Hamburg"}',
  },
  scheme_unclear: {
    meaning: 'The file `--scheme` does not hold exactly one authentication scheme.',
    remedy: 'Give the file of one scheme, as a split export has it.',
  },
  check_unknown: {
    meaning: '`verify --skip` names a check that does not exist.',
    remedy: 'See the checks: portcullis verify --help',
  },
  application_unguarded: {
    meaning: '`verify --sign-in` names an application that the policy does not guard.',
    remedy: 'Name an application of "applications" in the policy.',
  },
  sign_in_timeout: {
    meaning: 'No sign-in was finished while `verify --sign-in` waited.',
    remedy: 'Try again: portcullis verify --sign-in',
  },
  apex_version_missing: {
    meaning: '`apex` needs the version of APEX.',
    remedy: 'Name it: portcullis apex --apex 24.2',
  },
  not_local: {
    meaning: '`action push` refuses a tenant that is not on this machine.',
    remedy: 'Start a local tenant (portcullis tenant) and set what it prints.',
  },
  too_many_redirects: {
    meaning: 'A sign-in of `dev --once` was redirected without end, as a browser would report it.',
    remedy: 'See what is refused and where it leads: portcullis dev, then the console under Logins.',
  },
  internal_error: {
    meaning: 'Something went wrong that Portcullis did not foresee.',
    remedy: 'Run it again with PORTCULLIS_DEBUG=1 to see where, and report it with what it prints.',
  },
} as const satisfies ProblemEntries;
