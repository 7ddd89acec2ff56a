import { describeKills } from './describe-kills.ts';

describeKills({
  seed: Number(process.env.KILL_SEED ?? Date.now() % 2 ** 31),
  kills: Number(process.env.KILL_COUNT_WANTED ?? 24),
});
