/**
 * Why a request to the tenant failed. Short, and without any data of the tenant or the user, since it goes
 * into the log:
 *
 * - `http_<status>`: an answer other than success, such as `http_403` for a scope that is not granted
 * - `timeout`: no answer in the time for one request
 * - `network`: no connection, or one that broke
 * - `bad_answer`: a response that is not the expected JSON, or too large
 * - `time_over`: the time for the whole login is used up
 * - `no_credentials`: the secret `clientSecret` is not set
 * - `no_user_id`, `no_role_id`: nothing to request
 * - `role_renamed`: the id of the role to assign stands for a role of another name
 * - the same with `token_` in front: the failure of the token request
 */
export type FailureCause = `${'token_' | ''}${
  | `http_${number}`
  | 'timeout'
  | 'network'
  | 'bad_answer'
  | 'time_over'
  | 'no_credentials'
  | 'no_user_id'
  | 'no_role_id'
  | 'role_renamed'}`;

/** The tenant did not do what the login needed. Expected at times; the policy says what follows. */
export class ManagementFailure extends Error {
  readonly reason: FailureCause;

  constructor(reason: FailureCause) {
    super(`The request to the tenant failed: ${reason}.`);
    this.name = 'ManagementFailure';
    this.reason = reason;
  }
}
