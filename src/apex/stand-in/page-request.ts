/** A request for a page, in either of APEX's two forms of addresses. */
export interface PageRequest {
  readonly application: string;
  readonly page: string;
  /** The session id of the address; absent if it names none. */
  readonly session?: string;
  /** The scheme that `request=APEX_AUTHENTICATION=<name>` asks for. */
  readonly scheme?: string;
  /** The rest of the query, which a deep link keeps. */
  readonly query: URLSearchParams;
}

const SWITCH = 'APEX_AUTHENTICATION=';

/**
 * Reads a friendly address, `/ords/r/<workspace>/<application>/<page>?session=…&request=…`.
 *
 * @example friendlyRequest('gate', 'home', new URLSearchParams('request=APEX_AUTHENTICATION%3DAUTH0')).scheme // 'AUTH0'
 * @see Oracle APEX, Friendly URL syntax
 */
export function friendlyRequest(application: string, page: string, search: URLSearchParams): PageRequest {
  return build(application, page, search.get('session'), search.get('request'), withoutSession(search));
}

/**
 * Reads a classic address, `/ords/f?p=App:Page:Session:Request:Debug:ClearCache:itemNames:itemValues:PrinterFriendly`.
 *
 * @example classicRequest(new URLSearchParams('p=100:1:0:APEX_AUTHENTICATION=AUTH0'))?.page // '1'
 * @see Oracle APEX, f?p syntax
 */
export function classicRequest(search: URLSearchParams): PageRequest | undefined {
  const [application = '', page = '', session, request, , , names = '', values = ''] = (search.get('p') ?? '').split(
    ':',
  );
  if (application === '') return undefined;
  const query = new URLSearchParams(search);
  query.delete('p');
  const itemValues = values.split(',');
  for (const [index, name] of names.split(',').entries()) {
    if (name !== '') query.append(name.toLowerCase(), itemValues[index] ?? '');
  }
  return build(application, page === '' ? 'home' : page, session, request, withoutSession(query));
}

function withoutSession(search: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams(search);
  query.delete('session');
  // A deep link that still asked for the sign-in would start the next one as soon as this one ends.
  if (search.get('request')?.startsWith(SWITCH)) query.delete('request');
  return query;
}

function build(
  application: string,
  page: string,
  session: string | null | undefined,
  request: string | null | undefined,
  query: URLSearchParams,
): PageRequest {
  return {
    application,
    page,
    query,
    ...(session ? { session } : {}),
    ...(request?.startsWith(SWITCH) ? { scheme: request.slice(SWITCH.length) } : {}),
  };
}
