import { describeKills } from './describe-kills.ts';

describeKills({ seed: 286131935, kills: 4 });
