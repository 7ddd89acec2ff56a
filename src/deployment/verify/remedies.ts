/** The remedy for most failures. */
export const APPLY = 'Correct it: portcullis apply';

/** The remedy if another version of the policy runs: the tenant may have been rolled back on purpose. */
export const CHANGED = 'Deploy the policy: portcullis apply. After a roll back, go back in the policy file too.';

/** The remedy if the Action with our name was not created by Portcullis. */
export const ADOPT = 'Take it over: portcullis apply --adopt';

/** For scopes that the credentials in use lack. */
export const GRANT =
  'In Auth0: Applications > APIs > Auth0 Management API > Machine to Machine Applications > your application > tick them > Update.';
