import { syntaxTree } from '@codemirror/language';
import { type Diagnostic, linter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

const maximum = 20;

export interface LineError {
  /** Starts at 1; 0 if the error belongs to no line. */
  readonly line: number;
  readonly message: string;
}

/** Marks syntax errors while the user types, and the errors of the latest build. */
export function actionLinter(lineErrors: () => readonly LineError[]): Extension {
  return linter((view) => [...syntaxErrors(view), ...buildDiagnostics(view, lineErrors())]);
}

function syntaxErrors(view: EditorView): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { length } = view.state.doc;
  syntaxTree(view.state).iterate({
    enter(node) {
      if (!node.type.isError || found.length >= maximum) return;
      const from = Math.min(node.from, Math.max(0, length - 1));
      const to = Math.min(Math.max(node.to, from + 1), length);
      found.push({
        from,
        to,
        severity: 'error',
        message: 'Syntax error: something is missing here, or there is too much.',
      });
    },
  });
  return found;
}

function buildDiagnostics({ state: { doc } }: EditorView, lineErrors: readonly LineError[]): Diagnostic[] {
  return lineErrors
    .filter(({ line }) => line > 0)
    .map(({ line, message }) => {
      const { from, to } = doc.line(Math.min(line, doc.lines));
      return { from, to, severity: 'error', message };
    });
}
