/** Factors of multi-factor authentication that this tenant asks people for. */
export type SimulatedFactor = 'otp' | 'email' | 'recovery-code';

/** What an Action asks of the person who signs in, beside the password. Plain JSON. */
export type FactorRequest =
  /** `challengeWith` and `challengeWithAny`, `enrollWith` and `enrollWithAny`: any one of these factors, the first preferred. */
  | {
      readonly kind: 'challenge' | 'enroll';
      readonly factors: readonly string[];
      /** Whether the person chooses one before anything else. */
      readonly choose: boolean;
    }
  /** `multifactor.enable`: some factor, enrolled now where there is none yet. */
  | { readonly kind: 'require'; readonly factors: readonly SimulatedFactor[]; readonly allowRememberBrowser: boolean };

/** What `multifactor.enable` was last called with. */
export type MultifactorRequest = Extract<FactorRequest, { kind: 'require' }>;
