import type { JsonSchema } from './json-schema.ts';

/**
 * Members that the service takes although the published schema does not allow them, by the name of the schema, each with the
 * recorded conversation that shows it. Most are secrets, which the description leaves out since no answer has them.
 */
const alsoTaken: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  // TestAccEventStream
  EventStreamWebhookBasicAuth: { password: { type: 'string' } },
  EventStreamWebhookBearerAuth: { token: { type: 'string' } },
  EventStreamWebhookCustomHeaderAuth: { header_value: { type: 'string' } },
};

/** The published schemas, corrected where recordings show that the service takes more. */
export function withOverlay(schemas: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> {
  const corrected = Object.entries(alsoTaken).map(([name, members]) => {
    const schema = schemas[name];
    return [name, { ...schema, properties: { ...schema?.properties, ...members } }] as const;
  });
  return { ...schemas, ...Object.fromEntries(corrected) };
}
