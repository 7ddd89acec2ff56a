import type { ProblemEntries } from './problem-entry.ts';

const EXPORT_AGAIN =
  'Export it again: App Builder > the application > Export / Import > Export, or in SQLcl: apex export -applicationid N';
const REPORT = 'Report this, with the policy.';

/** Problems of the files for APEX, of exports from it, and of the stand-in for it. */
export const APEX_PROBLEMS = {
  apex_version_unknown: {
    meaning: 'Portcullis writes no files for that version of APEX.',
    remedy: 'Name a version that it knows: portcullis apex --help',
  },
  apex_value_invalid: {
    meaning: 'A value of the configuration cannot be put into files for APEX.',
    remedy: 'Correct the value that the message names.',
  },
  apex_rules_undecidable: {
    meaning:
      'APEX was asked to decide by a policy with rules that ask for what no token says: only the Action can decide them.',
    remedy: 'Let the Action decide: leave --decide out. Or leave these rules out of the policy.',
  },
  apex_application_unknown: {
    meaning:
      'The files for APEX are for one application, and it is not clear for which of those that the policy guards.',
    remedy: 'Name it: --application NAME',
  },
  apex_sql_unsafe: { meaning: 'A generated file would not be sound SQL, and was not written.', remedy: REPORT },
  export_unreadable: {
    meaning: 'An export (of an APEX application, or of the users of a tenant) cannot be read.',
    remedy: 'Name a file or folder that is there.',
  },
  export_too_large: {
    meaning: 'An APEX export is larger than Portcullis reads.',
    remedy: 'Give the authentication scheme alone: its own file of a split export.',
  },
  export_binary: { meaning: 'A file of an APEX export is not text in UTF-8.', remedy: EXPORT_AGAIN },
  export_archive_invalid: { meaning: 'The zip of an APEX export cannot be read.', remedy: EXPORT_AGAIN },
  export_foreign: { meaning: 'The file is not an export from APEX.', remedy: EXPORT_AGAIN },
  export_truncated: { meaning: 'An APEX export is cut off.', remedy: EXPORT_AGAIN },
  export_ambiguous: { meaning: 'The files hold more than one APEX application.', remedy: 'Give one of them.' },
  invalid_option: {
    meaning: 'The stand-in for APEX cannot be set up so: an option, or the scheme that it is to try, is not usable.',
    remedy: 'Correct that setting of the scheme, or leave --scheme out. Its line: portcullis apex doctor FILE',
  },
  cannot_listen: {
    meaning: 'The stand-in for APEX cannot listen on its port.',
    remedy: 'Name another port for it, or 0 for any that is free: --app-port 0',
  },
  provider_unreachable: {
    meaning: 'The stand-in for APEX could not reach the tenant.',
    remedy: 'See that the tenant runs, then sign in again.',
  },
  provider_timeout: {
    meaning: 'The tenant took too long to answer the stand-in for APEX.',
    remedy: 'See that the tenant runs, then sign in again.',
  },
  provider_answer_unusable: {
    meaning: 'The tenant gave the stand-in for APEX an answer that OpenID Connect does not allow.',
    remedy: 'See that the scheme names the address of a tenant, then sign in again.',
  },
  token_request_refused: {
    meaning: 'The tenant refused to exchange the authorization code of the stand-in for APEX.',
    remedy: 'See that the client id and secret are those of the application, then sign in again.',
  },
  invalid_id_token: {
    meaning: 'The stand-in for APEX cannot trust the ID token.',
    remedy: 'See that the clocks of both machines agree and the client id is right, then sign in again.',
  },
} as const satisfies ProblemEntries;
