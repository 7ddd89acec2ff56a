import { useState } from 'react';
import { compiledRules } from '../../../policy/compiled-rules.ts';
import { decide } from '../../../policy/decide.ts';
import { explain } from '../../../policy/explain.ts';
import { Checkbox, Select, TextArea, TextField } from '../../parts/field.tsx';
import type { GateDocument } from './gate-document.ts';
import { type VisitorFields, visitorOf } from './visitor-fields.ts';

const initial: VisitorFields = {
  email: 'visitor@elsewhere.example',
  emailVerified: true,
  roles: '',
  application: '',
  connection: '',
  organization: '',
  groups: '',
  country: '',
  ip: '',
  at: '',
  appMetadata: '',
  mfa: false,
};

/** A form for a made-up visitor: the fields that the policy's rules look at. The policy's own function decides at every key. */
export function MadeUpVisitor({ gate }: { gate: GateDocument }) {
  const [fields, setFields] = useState(initial);
  const { admit, uses } = compiledRules(gate.policy);
  const set =
    <Name extends keyof VisitorFields>(name: Name) =>
    (value: VisitorFields[Name]) =>
      setFields((before) => ({ ...before, [name]: value }));
  const visitor = visitorOf(fields, gate);
  const decision = 'error' in visitor ? undefined : decide(gate.policy, visitor);
  return (
    <section aria-labelledby="made-up">
      <h2 id="made-up">A made-up visitor</h2>
      <div className="fields">
        <TextField label="Email address" value={fields.email} onChange={set('email')} />
        <Checkbox checked={fields.emailVerified} onChange={set('emailVerified')}>
          The address is verified
        </Checkbox>
        <TextField label="Roles held" hint="Names, separated by commas" value={fields.roles} onChange={set('roles')} />
        {uses.has('application') && (
          <Select
            label="Application"
            value={fields.application}
            onChange={set('application')}
            options={gate.policy.applications.map((id) => ({ value: id === gate.clientId ? '' : id, label: id }))}
          />
        )}
        {uses.has('connection') && (
          <TextField label="Connection" value={fields.connection} onChange={set('connection')} />
        )}
        {uses.has('organization') && (
          <TextField label="Organization" value={fields.organization} onChange={set('organization')} />
        )}
        {uses.has('groups') && (
          <TextField label="Groups" hint="Names, separated by commas" value={fields.groups} onChange={set('groups')} />
        )}
        {uses.has('country') && (
          <TextField label="Country" hint="Two letters, such as DE" value={fields.country} onChange={set('country')} />
        )}
        {uses.has('ip') && <TextField label="IP address" value={fields.ip} onChange={set('ip')} />}
        {uses.has('at') && (
          <TextField label="Day" hint="Such as 2027-03-31; today if empty" value={fields.at} onChange={set('at')} />
        )}
        {uses.has('appMetadata') && (
          <TextArea label="app_metadata" hint="JSON" value={fields.appMetadata} onChange={set('appMetadata')} />
        )}
        {admit.some(({ rule }) => rule.mfa === true) && (
          <Checkbox checked={fields.mfa} onChange={set('mfa')}>
            A second factor was passed
          </Checkbox>
        )}
      </div>
      <p
        role="status"
        className={decision === undefined || decision.outcome === 'refuse' ? 'decision bad' : 'decision good'}
      >
        {decision === undefined ? 'app_metadata is not a JSON object.' : explain(decision)}
      </p>
    </section>
  );
}
