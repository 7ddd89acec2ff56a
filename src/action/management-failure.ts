/**
 * Why the tenant could not be asked. Short, without anything that the tenant or the person sent, since it goes
 * into the log:
 *
 * - `http_<status>`: an answer other than success, such as `http_403` for a scope that is not granted
 * - `timeout`: no answer in the time for one request
 * - `network`: no connection, or one that broke
 * - `bad_answer`: an answer that is not the JSON it should be, or too large
 * - `time_over`: the time for the whole login is used up
 * - `no_credentials`: the secret `clientSecret` is not set
 * - `no_user_id`, `no_role_id`: nothing to ask for
 * - the same with `token_` in front: it happened while fetching the token
 */
export type FailureCause = `${'token_' | ''}${
  | `http_${number}`
  | 'timeout'
  | 'network'
  | 'bad_answer'
  | 'time_over'
  | 'no_credentials'
  | 'no_user_id'
  | 'no_role_id'}`;

/** The tenant did not do what the login needed. Expected on a bad day; the policy says what follows. */
export class ManagementFailure extends Error {
  readonly reason: FailureCause;

  constructor(reason: FailureCause) {
    super(`The tenant could not be asked: ${reason}.`);
    this.name = 'ManagementFailure';
    this.reason = reason;
  }
}
