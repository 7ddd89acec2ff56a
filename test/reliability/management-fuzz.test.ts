import { describeManagementFuzz } from './describe-management-fuzz.ts';

describeManagementFuzz({ seed: 20261125, seconds: 0 });
