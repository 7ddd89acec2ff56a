import { describeApplyFaults } from './describe-apply-faults.ts';
import { FAULTS } from './faulty-fetch.ts';

describeApplyFaults(() => FAULTS);
