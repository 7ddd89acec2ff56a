import type { SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { JsonObject } from '../../store/json-value.ts';

/**
 * The triggers as a custom domain starts them: their Actions are told of it.
 *
 * @example
 * triggersOfDomain(sideTriggers, 'login.example.com').run('credentials-exchange', event, request);
 * @see Auth0 docs: "Event Object" of each trigger, `event.custom_domain`.
 */
export function triggersOfDomain(
  triggers: SideTriggers | undefined,
  domain: string | undefined,
): SideTriggers | undefined {
  if (triggers === undefined || domain === undefined) return triggers;
  const told = (event: JsonObject): JsonObject => ({ ...event, custom_domain: { domain, domain_metadata: {} } });
  return {
    run: (trigger, event, request) => triggers.run(trigger, told(event), request),
    start: (trigger, event, request) => triggers.start(trigger, told(event), request),
    settled: () => triggers.settled(),
  };
}
