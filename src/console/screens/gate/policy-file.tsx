import { describeCondition } from '../../../policy/describe-condition.ts';
import type { AdmitRule, RefuseRule } from '../../../policy/policy.ts';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Table } from '../../parts/table.tsx';
import { FileProblemNotice } from './file-problem-notice.tsx';
import type { PolicyFileState } from './gate-document.ts';
import { PolicyTests } from './policy-tests.tsx';
import { RemoveRuleDialog, RuleDialog } from './rule-dialog.tsx';
import type { RuleList } from './rule-fields.ts';

interface ListedRule {
  readonly list: RuleList;
  readonly rule: RefuseRule | AdmitRule;
}

/** The rules and the tests of the policy file, with a form that changes a rule. The file stays the source of the policy. */
export function PolicyFile({ file, onWritten }: { file: PolicyFileState; onWritten: () => void }) {
  const rules: ListedRule[] = [
    ...file.refuse.map((rule) => ({ list: 'refuse' as const, rule })),
    ...file.admit.map((rule) => ({ list: 'admit' as const, rule })),
  ];
  const columns = [
    { label: 'Rule', cell: ({ rule }: ListedRule) => rule.rule },
    { label: 'Effect', cell: ({ list, rule }: ListedRule) => effectOf(list, rule) },
    { label: 'Condition', cell: ({ rule }: ListedRule) => describeCondition(rule.when, 'whole') },
    ...(file.writable
      ? [
          {
            label: 'Actions',
            hidden: true,
            cell: ({ list, rule }: ListedRule) => (
              <div className="buttons">
                <DialogButton
                  label={`Edit ${rule.rule}`}
                  dialog={(close) => <RuleDialog {...{ file, list, rule, onWritten }} onClose={close} />}
                />
                <DialogButton
                  label={`Remove ${rule.rule}`}
                  look="danger"
                  dialog={(close) => <RemoveRuleDialog {...{ file, list, rule, onWritten }} onClose={close} />}
                />
              </div>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <h2>Rules</h2>
      <FileProblemNotice problem={file.problem} />
      {rules.length === 0 ? (
        <Empty title={`${file.name} has no rules.`} />
      ) : (
        <Table caption="Rules" rows={rules} keyOf={({ list, rule }) => `${list} ${rule.rule}`} columns={columns} />
      )}
      {file.writable ? (
        <p>
          <DialogButton
            label="Add rule"
            look="primary"
            dialog={(close) => <RuleDialog file={file} list="admit" onWritten={onWritten} onClose={close} />}
          />
        </p>
      ) : (
        <p className="muted">
          This is the example policy. Rules can be edited here once the folder has a policy of its own.
        </p>
      )}
      <h2>Tests</h2>
      {file.tests.length === 0 ? (
        <Empty title={`${file.name} has no tests.`} />
      ) : (
        <PolicyTests tests={file.tests} caption="Tests of the policy" />
      )}
    </>
  );
}

function effectOf(list: RuleList, rule: RefuseRule | AdmitRule): string {
  if (list === 'refuse' || !('roles' in rule)) return 'refuses';
  const roles = rule.roles.length === 0 ? 'lets in' : `lets in, gives ${rule.roles.join(', ')}`;
  return rule.mfa === true ? `${roles}, after a second factor` : roles;
}
