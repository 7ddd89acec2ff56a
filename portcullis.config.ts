// Who gets into the APEX application, and with which role: decided at sign-in, before APEX is asked.
//
// Change something and save it: `npm start` puts the new policy to work within two seconds. A mistake is shown in the
// terminal and the old policy stays. Hover over a field in your editor to read what it does.
import { definePolicy } from 'portcullis';

export default definePolicy({
  // The doors that are guarded, by the names that the applications have in Auth0 (or by their client ids). Every other
  // application of the tenant is left alone.
  applications: ['APEX'],

  // A claim is one name and value in the answer that APEX gets after a sign-in, like a column in a row. This one carries
  // the person's role names, always as a list: ["APEX User"]. Its name must be a URL of yours, only so that it is
  // unique; nothing has to answer at that address.
  claim: 'https://apex.example.com/roles',

  // Where somebody who is refused ends up. The page must be public in APEX (Page > Security > Authentication): a page
  // that asks for a sign-in would send them round in circles. This one belongs to the stand-in for APEX that `npm start`
  // runs.
  landingPage: 'http://localhost:4040/ords/r/demo/gate/refused',

  // Whoever has confirmed an e-mail address and holds neither this role nor one that begins with "ORG:" is given this
  // role, and enters. Take the line out, and strangers stay outside.
  defaultRole: 'APEX User',

  // Roles that begin with this say which organisation somebody belongs to. Whoever holds one enters with it, and gets no
  // default role. Like: where role_name like 'ORG:%'.
  organizationPrefix: 'ORG:',

  // People who are recognised by what stands behind the @ of their e-mail address. ann@water.example is given ORG:WATER
  // on the first sign-in; ann@lab.water.example is not, unless includeSubdomains is true.
  organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false }],

  // Anybody can type anybody's address into a sign-up form, so an address counts only once it is confirmed.
  unverifiedEmail: 'refuse',

  // If Auth0 cannot assign a role just now: 'refuse' asks the person to try again later, 'admit' lets them in without it.
  onFailure: 'refuse',
});
