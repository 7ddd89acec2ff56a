import type { ExportPlace } from '../export/apex-export.ts';

/** The consequence for users if nothing is changed. */
export type Effect = 'loop' | 'lock-out' | 'open' | 'sign-out';

/** One fault that the doctor found. */
export interface DoctorFinding extends ExportPlace {
  /** Stable, in small letters with hyphens. */
  readonly id: string;
  /** `fail`: it happens. `warn`: it depends on something that no export shows. */
  readonly status: 'fail' | 'warn';
  readonly effect: Effect;
  /** The setting, and its consequence. */
  readonly found: string;
  readonly remedy: string;
}
