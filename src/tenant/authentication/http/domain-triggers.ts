import type { SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { JsonObject } from '../../store/json-value.ts';

/**
 * The triggers of a custom domain: their events carry `custom_domain`.
 *
 * @example
 * domainTriggers(sideTriggers, 'login.example.com').run('credentials-exchange', event, request);
 * @see Auth0 docs: "Event Object" of each trigger, `event.custom_domain`.
 */
export function domainTriggers(
  triggers: SideTriggers | undefined,
  domain: string | undefined,
): SideTriggers | undefined {
  if (triggers === undefined || domain === undefined) return triggers;
  const withDomain = (event: JsonObject): JsonObject => ({ ...event, custom_domain: { domain, domain_metadata: {} } });
  return {
    run: (trigger, event, request) => triggers.run(trigger, withDomain(event), request),
    start: (trigger, event, request) => triggers.start(trigger, withDomain(event), request),
    settled: () => triggers.settled(),
  };
}
