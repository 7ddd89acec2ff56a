import type { EffectCollector } from './effect-collector.ts';

/** Methods of post-login v3 that this tenant does not simulate. Each throws, so that no login silently passes without them. */
const NOT_SIMULATED = {
  prompt: ['render'],
  samlResponse: [
    'setAttribute',
    'setAudience',
    'setRecipient',
    'setCreateUpnClaim',
    'setPassthroughClaimsWithNoMapping',
    'setMapUnknownClaimsAsIs',
    'setMapIdentities',
    'setSignatureAlgorithm',
    'setDigestAlgorithm',
    'setDestination',
    'setLifetimeInSeconds',
    'setSignResponse',
    'setNameIdentifierFormat',
    'setNameIdentifierProbes',
    'setAuthnContextClassRef',
    'setSigningCert',
    'setIncludeAttributeNameFormat',
    'setTypedAttributes',
    'setEncryptionCert',
    'setEncryptionPublicKey',
    'setCert',
    'setKey',
    'setRelayState',
    'setIssuer',
    'setEncryptionAlgorithm',
  ],
} as const;

/** The namespaces of these methods. `report` marks the login as failed, even if the Action catches the error. */
export function notSimulatedApi(
  collector: EffectCollector,
  report: (error: Error) => void,
): Record<string, Record<string, () => never>> {
  return Object.fromEntries(
    Object.entries(NOT_SIMULATED).map(([namespace, methods]) => [
      namespace,
      Object.fromEntries(
        methods.map((method) => [
          method,
          (...parameters: unknown[]): never => {
            collector.record(`${namespace}.${method}`, parameters);
            const error = notSimulated(`api.${namespace}.${method}`);
            report(error);
            throw error;
          },
        ]),
      ),
    ]),
  );
}

/** Makes the error for an effect that is not simulated. */
export function notSimulated(what: string): Error {
  return Object.assign(new Error(`${what} is not simulated by this tenant. On Auth0 it would run.`), {
    name: 'NotSimulatedError',
    code: 'not_simulated',
  });
}
