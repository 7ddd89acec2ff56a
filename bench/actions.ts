// Cost of an Action: cold, warm, and many at once, as ratios to an empty Action and to none. `npm run bench:actions`.

import { openActionTrials } from '../src/tenant/actions/library/action-trial.ts';
import { postLoginEventTemplate } from '../src/tenant/actions/triggers/event-template.ts';
import { loginsPerSecond } from './complete-login.ts';
import { type EngineSubject, measuredActions, startEngineSubject } from './engine-subject.ts';
import { report } from './report.ts';
import { median, timed } from './statistics.ts';
import { startTenantSubject } from './tenant-subject.ts';

const COLD_ROUNDS = 11;
const WARM_LOGINS = 3000;
const ROUNDS = 5;
const LOGINS = 150;
const BOUND = [0, 1, 5, 20];

await cold();
await warm();
await throughput();

/** Time from the start of a process to the end of its first run, with its packages loaded. */
async function cold(): Promise<void> {
  const actions = await measuredActions();
  const trials = openActionTrials();
  const times = actions.map(() => [] as number[]);
  const event = postLoginEventTemplate();
  for (let round = 0; round <= COLD_ROUNDS; round += 1) {
    for (const [index, { code, dependencies }] of actions.entries()) {
      const handler = 'onExecutePostLogin';
      const input = { code, dependencies, secrets: [], runtime: 'node22', handler, event } as const;
      const { bootDuration, duration } = await trials.run(input);
      // The first round runs with cold file caches, and may have to install packages.
      if (round > 0) times[index]?.push(bootDuration + duration);
    }
  }
  await trials.close();
  const [empty = Number.NaN, ...others] = times.map(median);
  report('Cold: from the start of its process to the end of its first run', [
    [actions[0]?.name ?? '', `${empty.toFixed(0)} ms`],
    ...others.map((time, index) => [
      actions[index + 1]?.name ?? '',
      `${time.toFixed(0)} ms`,
      `ratio ${(time / empty).toFixed(2)}`,
    ]),
  ]);
}

/** Only the Actions of a login, in warm processes. Each has its own engine, and they take turns. */
async function warm(): Promise<void> {
  const actions = await measuredActions();
  const subjects: EngineSubject[] = [await startEngineSubject([])];
  for (const action of actions) subjects.push(await startEngineSubject([action]));
  const times = subjects.map(() => [] as number[]);
  for (let login = 0; login < WARM_LOGINS; login += 1) {
    for (const [index, subject] of subjects.entries()) {
      const milliseconds = await timed(() => subject.login());
      if (login >= 200) times[index]?.push(milliseconds);
    }
  }
  for (const subject of subjects) await subject.close();
  const [none = Number.NaN, empty = Number.NaN, ...others] = times.map(median);
  report('Warm: the Actions of a login, its execution written', [
    ['none', `${none.toFixed(3)} ms`],
    [actions[0]?.name ?? '', `${empty.toFixed(3)} ms`, `+ ${(empty - none).toFixed(3)} ms`],
    ...others.map((time, index) => [
      actions[index + 1]?.name ?? '',
      `${time.toFixed(3)} ms`,
      `ratio ${(time / empty).toFixed(2)}`,
    ]),
  ]);
}

/** Complete logins on a tenant in its own process, ten at a time, with a number of empty Actions bound. */
async function throughput(): Promise<void> {
  const tenants = await Promise.all(
    BOUND.map((count) => startTenantSubject(count === 0 ? 'none' : 'empty', { count })),
  );
  const rates = tenants.map(() => [] as number[]);
  for (const { subject } of tenants) await loginsPerSecond(subject, 30, 10);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { subject }] of tenants.entries())
      rates[index]?.push(await loginsPerSecond(subject, LOGINS, 10));
  }
  await Promise.all(tenants.map(({ stop }) => stop()));
  const [none = Number.NaN] = rates.map(median);
  report(
    'Complete logins, ten at a time, by the number of Actions that are bound',
    rates
      .map(median)
      .map((rate, index) => [`${BOUND[index]}`, `${rate.toFixed(0)} / s`, `ratio ${(rate / none).toFixed(2)}`]),
  );
}
