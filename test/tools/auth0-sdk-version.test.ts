import { describeSdkVersion } from './auth0-sdk/describe-sdk-version.ts';

describeSdkVersion('7.1.0');
