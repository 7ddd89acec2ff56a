import { describeSdkVersion } from './auth0-sdk/describe-sdk-version.ts';

for (const version of ['3.7.2', '4.37.1', '5.14.1', '6.4.0']) describeSdkVersion(version);
