// Decides who gets into the APEX application, and with which role. The decision is made at sign-in, before APEX is asked.
//
// Change something and save the file: `npm start` uses the new policy within two seconds. If there is a mistake, it is shown
// in the terminal and the old policy stays in use. Hover over a field in your editor to read what it does.
import { definePolicy } from 'portcullis';

export default definePolicy({
  // The guarded applications, by their names in Auth0 or by their client IDs. Every other application of the tenant is left
  // alone.
  applications: ['APEX'],

  // A claim is a name and a value in the answer that APEX gets after a sign-in, like a column in a row. This claim contains
  // the user's role names, always as a list: ["APEX User"]. Its name must be a URL of yours, only so that it is unique.
  // Nothing has to answer at that address.
  claim: 'https://apex.example.com/roles',

  // The page for users who are refused. It must be public in APEX (Page > Security > Authentication): a page that requires
  // a sign-in would send them round in circles. This page belongs to the stand-in for APEX that `npm start` runs.
  landingPage: 'http://localhost:4040/ords/r/demo/gate/refused',

  // A user with a verified e-mail address who has neither this role nor one that begins with "ORG:" gets this role and is
  // let in. Remove the line to refuse such users.
  defaultRole: 'APEX User',

  // Roles that begin with this prefix say which organisation a user belongs to. A user with such a role is let in and gets
  // no default role. As in SQL: where role_name like 'ORG:%'.
  organizationPrefix: 'ORG:',

  // Users who are recognised by the domain of their e-mail address. ann@water.example gets ORG:WATER at the first sign-in.
  // ann@lab.water.example does not, unless includeSubdomains is true.
  organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false }],

  // Anyone can type another person's address into a sign-up form, so an address counts only after it is verified.
  unverifiedEmail: 'refuse',

  // If Auth0 cannot assign a role at the moment: 'refuse' asks the user to try again later, 'admit' lets the user in without it.
  onFailure: 'refuse',
});
