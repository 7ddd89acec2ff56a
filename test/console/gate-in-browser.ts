import { inject } from 'vitest';
import { type LocalGate, type LocalGateOptions, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { type OpenConsole, openConsoleOf } from './console-in-browser.ts';

/** The console of `portcullis dev`: with a policy, a cast of users, and the stand-in for APEX. */
export interface OpenGate extends OpenConsole {
  readonly gate: LocalGate;
}

export async function openGate(options: Partial<LocalGateOptions> = {}): Promise<OpenGate> {
  const ports = { tenantPort: 0, loopbackPort: 0, standInPort: 0 };
  const gate = await startLocalGate({ policy, ...ports, keys: inject('tenantKeys'), console: true, ...options });
  const opened = await openConsoleOf(gate);
  return {
    ...opened,
    gate,
    async close() {
      await opened.context.close();
      await gate.close();
    },
  };
}
