import type { ExportPlace } from '../export/apex-export.ts';

/** What becomes of people where nothing is done. */
export type Effect = 'loop' | 'lock-out' | 'open' | 'sign-out';

/** One thing that the doctor found. */
export interface DoctorFinding extends ExportPlace {
  /** Stable, in small letters with hyphens. */
  readonly id: string;
  /** `fail`: it happens. `warn`: it depends on something that no export shows. */
  readonly status: 'fail' | 'warn';
  readonly effect: Effect;
  /** What is there, and what comes of it. */
  readonly found: string;
  readonly remedy: string;
}
