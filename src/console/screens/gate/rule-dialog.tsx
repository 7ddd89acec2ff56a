import { lazy, Suspense, useState } from 'react';
import type { AdmitRule, RefuseRule } from '../../../policy/policy.ts';
import { changeDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { useTask } from '../../management/use-task.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Checkbox, Select, TextArea, TextField } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { useFields } from '../../parts/use-fields.ts';
import { FileProblemNotice } from './file-problem-notice.tsx';
import type { ChangedPolicyFile, PolicyFileState } from './gate-document.ts';
import { PolicyTests } from './policy-tests.tsx';
import { conditionLists, fieldsOf, type RuleList, ruleOf } from './rule-fields.ts';

const CodeDiff = lazy(() => import('../../editor/code-diff.tsx').then((loaded) => ({ default: loaded.CodeDiff })));

interface RuleDialogProps {
  file: PolicyFileState;
  list: RuleList;
  /** Absent: a new rule. */
  rule?: RefuseRule | AdmitRule;
  onWritten: () => void;
  onClose: () => void;
}

/** A form for a rule. It leads to the differences in the file, which are written only from there. */
export function RuleDialog({ file, list, rule, onWritten, onClose }: RuleDialogProps) {
  const { values, field, change } = useFields(fieldsOf(list, rule));
  const [requested, setRequested] = useState<Readonly<Record<string, unknown>>>();
  const next = useTask(async () => setRequested({ list: values.list, name: rule?.rule, rule: ruleOf(values) }));
  const title = rule === undefined ? 'Add rule' : `Edit ${rule.rule}`;
  if (requested !== undefined) {
    const back = () => setRequested(undefined);
    return <FileChange {...{ file, title, onWritten, onClose }} request={requested} onBack={back} />;
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Form error={next.error} onSubmit={next.run}>
        {rule === undefined && (
          <Select
            label="Effect"
            {...field('list')}
            options={[
              { value: 'admit', label: 'Let in' },
              { value: 'refuse', label: 'Refuse' },
            ]}
          />
        )}
        <TextField label="Name of the rule" required {...field('rule')} />
        <p className="muted">All filled fields must fit; of a field, one of its lines.</p>
        {conditionLists.map(({ name, label, ...hint }) => (
          <TextArea key={name} label={label} rows={1} {...hint} {...field(name)} />
        ))}
        <TextField label="From" hint="A day, such as 2027-01-01" {...field('from')} />
        <TextField label="Until" hint="The last day, such as 2027-03-31" {...field('until')} />
        <TextArea
          label="app_metadata"
          rows={1}
          hint='JSON, such as {"work.department": ["sales"]}'
          {...field('appMetadata')}
        />
        <TextArea
          label="Exceptions and alternatives"
          rows={1}
          hint='JSON, such as {"not": [{"country": ["DE"]}]}'
          {...field('others')}
        />
        {values.list === 'refuse' ? (
          <TextField label="Sentence for the user" {...field('because')} />
        ) : (
          <>
            <TextArea label="Roles given" rows={1} {...field('roles')} />
            <Checkbox checked={values.mfa} onChange={(mfa) => change({ mfa })}>
              Ask for a second factor
            </Checkbox>
          </>
        )}
        <ProblemNotice error={next.error} />
        <div className="buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary">
            Show the differences
          </button>
        </div>
      </Form>
    </Dialog>
  );
}

/** Removes a rule from the file, after the differences were shown. */
export function RemoveRuleDialog({ rule, list, ...props }: RuleDialogProps) {
  return <FileChange {...props} title={`Remove ${rule?.rule}`} request={{ list, name: rule?.rule }} />;
}

/** The differences in the file, the tests with the change, and the button that writes it. */
function FileChange(props: {
  file: PolicyFileState;
  title: string;
  request: Readonly<Record<string, unknown>>;
  onWritten: () => void;
  onClose: () => void;
  onBack?: () => void;
}) {
  const { file, title, request, onWritten, onClose, onBack } = props;
  const ask = (digest?: string) => changeDocument<ChangedPolicyFile>('policy-file', { ...request, digest });
  const preview = useLoaded(`policy file ${JSON.stringify(request)}`, () => ask());
  const [refused, setRefused] = useState<ChangedPolicyFile>();
  const write = useTask(async () => {
    const answer = await ask(preview.value?.digest);
    if (!answer.written) return setRefused(answer);
    onWritten();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose} busy={write.busy}>
      <LoadedContent of={preview}>
        {(changed) => {
          const { before, after, tests, warnings, problem } = changed;
          const fails = tests.some(({ holds }) => !holds);
          return (
            <>
              {before === after ? (
                <p>Nothing changes in {file.name}.</p>
              ) : (
                <Suspense fallback={<p className="muted">Loading…</p>}>
                  <CodeDiff label={`Differences in ${file.name}`} before={before} after={after} />
                </Suspense>
              )}
              <FileProblemNotice problem={problem ?? refused?.problem} />
              {warnings.map((warning) => (
                <p key={warning} className="notice">
                  {warning}
                </p>
              ))}
              {tests.length > 0 && <PolicyTests tests={tests} caption="Tests with the change" />}
              {fails && <p className="bad">The file is written only if all its tests hold.</p>}
              <ProblemNotice error={write.error} />
              <div className="buttons">
                <button type="button" disabled={write.busy} onClick={onBack ?? onClose}>
                  {onBack === undefined ? 'Cancel' : 'Back'}
                </button>
                <button
                  type="button"
                  className="primary"
                  disabled={write.busy || fails || problem !== undefined || before === after}
                  onClick={() => write.run()}
                >
                  Write {file.name}
                </button>
              </div>
            </>
          );
        }}
      </LoadedContent>
    </Dialog>
  );
}
