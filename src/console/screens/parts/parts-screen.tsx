import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { ManagementError } from '../../management/management-error.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Choice } from '../../parts/choice.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Identifier } from '../../parts/copy-button.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Checkbox, Select, TextArea, TextField } from '../../parts/field.tsx';
import { Fold } from '../../parts/fold.tsx';
import { Form } from '../../parts/form.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Logo } from '../../parts/logo.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Pager } from '../../parts/pager.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { RawJson } from '../../parts/raw-json.tsx';
import { Screen } from '../../parts/screen.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { Table } from '../../parts/table.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { forceStates } from './forced-states.ts';

const LONG =
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen and a text that goes on for more than one line';
const invalid = new ManagementError(
  400,
  'invalid_body',
  "Payload validation error: 'String is too short (0 chars), minimum 1' on property name.",
);
const tokens = ['page', 'surface', 'raised', 'lifted', 'line', 'control-line', 'text', 'muted', 'accent', 'chosen'];
const outcomes = ['good', 'good-ground', 'warning', 'warning-ground', 'danger', 'danger-ground'];

/** Every part of the console in every state, for who changes the style sheets. It is not in the published package. */
export function PartsScreen() {
  // Before the first paint: the rules of the page are among them.
  useLayoutEffect(forceStates, []);
  return (
    <Screen
      title="Parts"
      introduction="Every part in every state, with the style sheets as they are. Only a console that runs from its source has this screen."
    >
      <Tokens />
      <Buttons />
      <Fields />
      <Choices />
      <Lists />
      <States />
      <Overlays />
    </Screen>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="parts" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A part with the name of its state. */
function Specimen({ state, narrow, children }: { state: string; narrow?: boolean; children: ReactNode }) {
  return (
    <div className={narrow ? 'specimen narrow' : 'specimen'}>
      <span className="muted">{state}</span>
      <div>{children}</div>
    </div>
  );
}

function Tokens() {
  return (
    <Group title="Colours and type">
      <ul className="swatches">
        {[...tokens, ...outcomes].map((name) => (
          <li key={name}>
            <span className="swatch" style={{ background: `var(--${name})` }} />
            <code>{name}</code>
          </li>
        ))}
      </ul>
      {['small', 'note', 'body', 'section', 'title', 'figure'].map((name) => (
        <p key={name} style={{ fontSize: `var(--type-${name})` }}>
          {name}: The gate lets Ann in.
        </p>
      ))}
      <p>
        <Logo />
      </p>
    </Group>
  );
}

const forced = ['rest', 'hover', 'focus', 'active'] as const;

function Buttons() {
  const looks = [
    ['plain', ''],
    ['main', 'primary'],
    ['danger', 'danger'],
    ['quiet', 'quiet'],
  ] as const;
  return (
    <Group title="Buttons">
      {looks.map(([name, look]) => (
        <div key={name} className="specimens">
          {forced.map((state) => (
            <Specimen key={state} state={`${name}, ${state}`}>
              <button type="button" className={look} data-state={state}>
                Save changes
              </button>
            </Specimen>
          ))}
          <Specimen state={`${name}, disabled`}>
            <button type="button" className={look} disabled>
              Save changes
            </button>
          </Specimen>
          <Specimen state={`${name}, busy`}>
            <button type="button" className={look} disabled aria-busy="true">
              Save changes
            </button>
          </Specimen>
        </div>
      ))}
      <div className="specimens">
        {forced.map((state) => (
          <Specimen key={state} state={`icon, ${state}`}>
            <button type="button" className="quiet only-icon" aria-label={`Remove, ${state}`} data-state={state}>
              <Icon of={Trash2} />
            </button>
          </Specimen>
        ))}
        <Specimen state="with an icon">
          <button type="button">
            <Icon of={Plus} /> Add rule
          </button>
        </Specimen>
        <Specimen state="long text, narrow" narrow>
          <button type="button">Authorize the application for this API</button>
        </Specimen>
      </div>
    </Group>
  );
}

function Fields() {
  const [text, setText] = useState('Water company');
  const field = { value: text, onChange: setText };
  return (
    <Group title="Fields">
      <div className="specimens wide">
        <Specimen state="rest">
          <TextField label="Name" hint="As users read it" {...field} />
        </Specimen>
        <Specimen state="required, empty">
          <TextField label="Name *" required value="" onChange={() => undefined} />
        </Specimen>
        <Specimen state="mistake">
          <Form error={invalid} onSubmit={() => undefined}>
            <TextField label="Name" name="name" value="" onChange={() => undefined} />
          </Form>
        </Specimen>
        <Specimen state="read only">
          <TextField label="Client ID" readOnly value="AaiyAPdpYdesoKnqjj8HJqRn4T5titww" onChange={() => undefined} />
        </Specimen>
        <Specimen state="choice of one">
          <Select
            label="Type"
            value="a"
            onChange={() => undefined}
            options={[
              { value: 'a', label: 'Regular web application' },
              { value: 'b', label: 'Native' },
            ]}
          />
        </Specimen>
        <Specimen state="several lines, code">
          <TextArea
            label="Condition"
            code
            value={'{\n  "emailDomain": "water.example"\n}'}
            onChange={() => undefined}
          />
        </Specimen>
        <Specimen state="checked">
          <Checkbox checked onChange={() => undefined}>
            Accept pushed authorization requests
          </Checkbox>
        </Specimen>
        <Specimen state="disabled">
          <Checkbox checked={false} disabled onChange={() => undefined}>
            Cannot be changed
          </Checkbox>
        </Specimen>
        <Specimen state="long text, narrow" narrow>
          <TextField label={LONG} hint={LONG} value={LONG} onChange={() => undefined} />
        </Specimen>
      </div>
      <SearchBox label="Search" value="" onSearch={() => undefined} />
    </Group>
  );
}

function Choices() {
  const [value, setValue] = useState<'a' | 'b'>('a');
  return (
    <Group title="Choices, tabs, badges">
      <div className="specimens">
        <Specimen state="choice">
          <Choice
            label="View"
            value={value}
            onChange={setValue}
            options={[
              { value: 'a', label: 'Chart' },
              { value: 'b', label: 'Table' },
            ]}
          />
        </Specimen>
        <Specimen state="outcomes">
          <Badge look="good">let in</Badge> <Badge look="bad">refused: not verified</Badge>{' '}
          <Badge look="warning">waits</Badge> <Badge>kept</Badge>
        </Specimen>
        <Specimen state="user">
          <Avatar name="Ada Lovelace" />
        </Specimen>
        <Specimen state="id">
          <Identifier value="rol_4f1mkws08Vetsue" what="role id" />
        </Specimen>
        <Specimen state="moment">
          <Moment at="2027-03-31T10:00:00Z" />
        </Specimen>
      </div>
      <Tabs
        label="Tabs"
        tabs={['Settings', 'Permissions', 'Users', 'A tab with a long name', 'Everything'].map((label, index) => ({
          label,
          path: `/console/parts#${index}`,
          current: index === 0,
        }))}
      />
    </Group>
  );
}

function Lists() {
  const rows = [
    { name: 'Ann', address: 'ann@water.example', outcome: 'let in' },
    { name: LONG, address: `${'a'.repeat(60)}@water.example`, outcome: 'refused' },
    { name: 'أحمد', address: 'ahmad@water.example', outcome: 'let in' },
  ];
  const table = (caption: string) => (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ address }) => address}
      columns={[
        { label: 'Name', cell: ({ name }) => name },
        { label: 'Address', cell: ({ address }) => address },
        { label: 'Outcome', cell: ({ outcome }) => <Badge>{outcome}</Badge> },
      ]}
    />
  );
  return (
    <Group title="Tables and facts">
      {table('Users')}
      <Pager page={1} perPage={25} total={1203} onPage={() => undefined} />
      <Specimen state="narrow" narrow>
        {table('Users, narrow')}
      </Specimen>
      <Facts
        facts={[
          ['Domain', 'localhost:4000'],
          ['Created', <Moment key="at" at="2027-03-31T10:00:00Z" />],
          ['Long', LONG],
        ]}
      />
      <Fold label="6 claims that the Actions did not change" aside="nickname, name, email">
        <p>Unfolded.</p>
      </Fold>
      <RawJson label="Raw JSON" value={{ id: 'rol_1', name: 'APEX User', text: LONG }} />
    </Group>
  );
}

function States() {
  return (
    <Group title="Empty, loading, error">
      <Empty title="There are no applications yet.">
        <p>Create the application that users sign in to.</p>
      </Empty>
      <ProblemNotice error={new ManagementError(409, 'conflict', 'An organization with this name exists.')} />
      <ProblemNotice
        error={new ManagementError(0, 'unreachable', 'The tenant does not answer.')}
        again={() => undefined}
      />
      <Loading className="specimen-loading" />
    </Group>
  );
}

function Overlays() {
  const notify = useNotify();
  return (
    <Group title="Dialogs and notices">
      <div className="row">
        <DialogButton
          label="A form"
          dialog={(close) => (
            <FormDialog title="Create role" action="Create" onSubmit={async () => close()} onClose={close}>
              <TextField label="Name" value="" onChange={() => undefined} />
            </FormDialog>
          )}
        />
        <DialogButton
          label="A form that is busy"
          dialog={(close) => (
            <FormDialog
              title="Create role"
              action="Create"
              onSubmit={() => new Promise(() => undefined)}
              onClose={close}
            >
              <p>Create never ends here.</p>
            </FormDialog>
          )}
        />
        <DialogButton
          label="A question"
          look="danger"
          dialog={(close) => (
            <ConfirmDialog title={`Delete “${LONG}”?`} action="Delete" onConfirm={async () => close()} onClose={close}>
              <p>Users with this role lose it.</p>
            </ConfirmDialog>
          )}
        />
        <button type="button" onClick={() => notify('The role is saved.')}>
          A notice
        </button>
      </div>
    </Group>
  );
}
