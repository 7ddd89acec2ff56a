import { describeAuthenticationFuzz } from './describe-authentication-fuzz.ts';

describeAuthenticationFuzz({
  seed: Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31),
  seconds: Number(process.env.FUZZ_AUTHENTICATION_SECONDS ?? 30),
});
