/**
 * The parameters of the procedure `apex_authentication.callback`. It is called by name through the PL/SQL gateway, so
 * a parameter that is not one of these matches no procedure at all.
 *
 * @see Oracle APEX API Reference, APEX_AUTHENTICATION.CALLBACK
 */
const PARAMETERS: ReadonlySet<string> = new Set([
  'p_session_id',
  'p_app_id',
  'p_ajax_identifier',
  'p_page_id',
  ...Array.from({ length: 10 }, (_, index) => `p_x${String(index + 1).padStart(2, '0')}`),
  'state',
  'code',
  'error',
  'error_description',
  'error_uri',
  'error_reason',
  'error_code',
  'error_message',
  'authuser',
  'session_state',
  'prompt',
  'hd',
  'scope',
  'realmID',
  'session_token',
]);

/** The first version whose documentation or specification has a newer parameter. Those of 21.1 to 23.2 were not read. */
const SINCE: ReadonlyMap<string, number> = new Map([
  ['hd', 21.1],
  ['realmID', 21.1],
  ['session_token', 24.2],
]);

/**
 * Finds the first parameter that APEX's callback does not accept: an unknown one, or one that occurs twice.
 *
 * @param release of APEX, such as `20.2.0.00.20`: older ones accept fewer
 * @returns its name, or `undefined` if all are accepted
 * @example unacceptableParameter(new URLSearchParams('code=c&state=s&iss=https://id.example.com'), '24.2') // 'iss'
 * @see Oracle APEX API Reference 20.2, 24.1 and 24.2, APEX_AUTHENTICATION.CALLBACK
 */
export function unacceptableParameter(query: URLSearchParams, release: string): string | undefined {
  const version = Number.parseFloat(release);
  const names = new Set<string>();
  for (const name of query.keys()) {
    if (!PARAMETERS.has(name) || (SINCE.get(name) ?? 0) > version || names.has(name)) return name;
    names.add(name);
  }
  return undefined;
}
