import { useState } from 'react';
import { explain } from '../../../policy/explain.ts';
import { Checkbox, TextField } from '../../parts/field.tsx';
import type { GateDocument } from './gate-document.ts';
import { decideVisitor } from './user-decision.ts';

/** A form for a made-up visitor. The policy's own function decides while the user types. */
export function MadeUpVisitor({ gate }: { gate: GateDocument }) {
  const [email, setEmail] = useState('visitor@elsewhere.example');
  const [emailVerified, setVerified] = useState(true);
  const [roles, setRoles] = useState('');
  const held = roles
    .split(',')
    .map((role) => role.trim())
    .filter(Boolean);
  const decision = decideVisitor(gate, { email: email || undefined, emailVerified, roles: held });
  return (
    <section aria-labelledby="made-up">
      <h2 id="made-up">A made-up visitor</h2>
      <div className="fields">
        <TextField label="Email address" value={email} onChange={setEmail} />
        <Checkbox checked={emailVerified} onChange={setVerified}>
          The address is verified
        </Checkbox>
        <TextField label="Roles held" hint="Names, separated by commas" value={roles} onChange={setRoles} />
      </div>
      <p role="status" className={decision.outcome === 'refuse' ? 'decision bad' : 'decision good'}>
        {explain(decision)}
      </p>
    </section>
  );
}
