import { syntaxTree } from '@codemirror/language';
import { type Diagnostic, linter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

const most = 20;

export interface Complaint {
  /** From 1 on; 0 for what is of no line. */
  readonly line: number;
  readonly message: string;
}

/** Marks what is no JavaScript while it is typed, and what the last build complained of. */
export function actionLinter(complaints: () => readonly Complaint[]): Extension {
  return linter((view) => [...syntaxErrors(view), ...complaintsOf(view, complaints())]);
}

function syntaxErrors(view: EditorView): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { length } = view.state.doc;
  syntaxTree(view.state).iterate({
    enter(node) {
      if (!node.type.isError || found.length >= most) return;
      const from = Math.min(node.from, Math.max(0, length - 1));
      const to = Math.min(Math.max(node.to, from + 1), length);
      found.push({
        from,
        to,
        severity: 'error',
        message: 'Something is missing or too much here: this is no JavaScript.',
      });
    },
  });
  return found;
}

function complaintsOf({ state: { doc } }: EditorView, complaints: readonly Complaint[]): Diagnostic[] {
  return complaints
    .filter(({ line }) => line > 0)
    .map(({ line, message }) => {
      const { from, to } = doc.line(Math.min(line, doc.lines));
      return { from, to, severity: 'error', message };
    });
}
