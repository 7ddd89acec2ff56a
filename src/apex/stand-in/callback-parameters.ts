/**
 * The parameters of the procedure `apex_authentication.callback`. It is called by name through the PL/SQL gateway, so
 * that a parameter which is not among these matches no procedure at all.
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

/**
 * Finds the first parameter that APEX's callback would not take: one that is not on its list, or one that comes twice.
 *
 * @returns its name, or `undefined` when all are fine
 * @example unacceptableParameter(new URLSearchParams('code=c&state=s&iss=https://id.example.com')) // 'iss'
 * @see Oracle APEX API Reference, APEX_AUTHENTICATION.CALLBACK
 */
export function unacceptableParameter(query: URLSearchParams): string | undefined {
  const seen = new Set<string>();
  for (const name of query.keys()) {
    if (!PARAMETERS.has(name) || seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}
