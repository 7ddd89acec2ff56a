/**
 * `api.samlResponse` of a post-login Action: the response of an application's SAML add-on.
 *
 * Auth0 docs: Actions, "Post-login Triggers: API Object". The guard itself never calls it; it is here so that the
 * type of `api` is complete.
 */
export interface SamlResponse {
  setAttribute(attribute: string, value: SamlAttribute): void;
  setAudience(audience: string): void;
  setAuthnContextClassRef(authnContextClassRef: string): void;
  setCert(cert: string): void;
  setCreateUpnClaim(createUpnClaim: boolean): void;
  setDestination(destination: string): void;
  setDigestAlgorithm(digestAlgorithm: 'sha256' | 'sha1'): void;
  setEncryptionAlgorithm(encryptionAlgorithm: string): void;
  setEncryptionCert(encryptionCert: string): void;
  setEncryptionPublicKey(encryptionPublicKey: string): void;
  setIncludeAttributeNameFormat(includeAttributeNameFormat: boolean): void;
  setIssuer(issuer: string): void;
  setKey(key: string): void;
  setLifetimeInSeconds(lifetimeInSeconds: number): void;
  setMapIdentities(mapIdentities: boolean): void;
  setMapUnknownClaimsAsIs(mapUnknownClaimsAsIs: boolean): void;
  setNameIdentifierFormat(nameIdentifierFormat: string): void;
  setNameIdentifierProbes(nameIdentifierProbes: string[]): void;
  setPassthroughClaimsWithNoMapping(passthroughClaimsWithNoMapping: boolean): void;
  setRecipient(recipient: string): void;
  setRelayState(relayState: string): void;
  setSignResponse(signResponse: boolean): void;
  setSignatureAlgorithm(signatureAlgorithm: 'rsa-sha256' | 'rsa-sha1'): void;
  setSigningCert(signingCert: string): void;
  setTypedAttributes(typedAttributes: boolean): void;
}

export type SamlAttribute = string | number | boolean | null | (string | number | boolean)[];
