import { describeAuthenticationFuzz } from './describe-authentication-fuzz.ts';

describeAuthenticationFuzz({ seed: 20261125, seconds: 0 });
