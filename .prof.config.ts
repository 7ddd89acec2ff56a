import config from './vitest.config.ts';
(config as any).test.execArgv = ['--cpu-prof', '--cpu-prof-dir=/tmp/core/prof'];
export default config;
