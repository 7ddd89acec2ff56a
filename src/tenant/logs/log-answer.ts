import type { JsonObject } from '../store/json-value.ts';
import type { LogRecord } from '../store/records/logs/log-record.ts';

/**
 * An entry as readers of the log receive it: with all members, empty if they do not apply.
 *
 * @example
 * logAnswer(record); // { _id: '9002026…', type: 's', connection: null, … }
 * @see Auth0 Management API: "Search log events".
 */
export function logAnswer(record: LogRecord): JsonObject {
  return {
    _id: record.log_id,
    log_id: record.log_id,
    date: record.date,
    type: record.type,
    description: record.description,
    connection: record.connection ?? null,
    connection_id: record.connection_id ?? '',
    organization_id: record.organization_id ?? null,
    organization_name: record.organization_name ?? null,
    client_id: record.client_id ?? '',
    client_name: record.client_name ?? '',
    ip: record.ip ?? '',
    hostname: record.hostname ?? '',
    details: record.details ?? null,
    user_id: record.user_id ?? '',
    user_name: record.user_name ?? '',
    user_agent: record.user_agent ?? '',
    audience: record.audience ?? '',
    scope: record.scope ?? null,
    strategy: record.strategy ?? null,
    strategy_type: record.strategy_type ?? null,
    isMobile: false,
    location_info: null,
  };
}
