import { describeManagementFuzz } from './describe-management-fuzz.ts';

describeManagementFuzz({
  seed: Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31),
  seconds: Number(process.env.FUZZ_SECONDS ?? 60),
});
