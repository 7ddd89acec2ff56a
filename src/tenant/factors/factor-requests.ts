/** Factors of multi-factor authentication that this tenant simulates. */
export type SimulatedFactor = 'otp' | 'email' | 'recovery-code';

/** A request of an Action for factors besides the password. Plain JSON. */
export type FactorRequest =
  /** `challengeWith`, `challengeWithAny`, `enrollWith`, `enrollWithAny`: one of these factors, preferably the first. */
  | {
      readonly kind: 'challenge' | 'enroll';
      readonly factors: readonly string[];
      /** Whether the user first chooses one of the factors. */
      readonly choose: boolean;
    }
  /** `multifactor.enable`: any factor. A user without one enrols now. */
  | { readonly kind: 'require'; readonly factors: readonly SimulatedFactor[]; readonly allowRememberBrowser: boolean };

/** The arguments of the last call of `multifactor.enable`. */
export type MultifactorRequest = Extract<FactorRequest, { kind: 'require' }>;
