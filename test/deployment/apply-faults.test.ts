import { describeApplyFaults } from './describe-apply-faults.ts';
import { FAULTS } from './faulty-fetch.ts';

// Each fault once, at requests spread over a whole run.
describeApplyFaults((request, requests) =>
  FAULTS.filter((_, index) => request === 1 + Math.floor(((index + 0.5) * requests) / FAULTS.length)),
);
