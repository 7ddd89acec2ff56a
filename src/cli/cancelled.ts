import { EXIT_STATUS } from './exit-status.ts';

/** Somebody pressed Ctrl-C or Ctrl-D at a question. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly exitStatus = EXIT_STATUS.interrupted;
}
