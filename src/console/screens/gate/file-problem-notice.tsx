import type { FileProblem } from './gate-document.ts';

/** The reason why a policy file cannot be used. Renders nothing without a reason. */
export function FileProblemNotice({ problem }: { problem: FileProblem | undefined }) {
  if (problem === undefined) return null;
  return (
    <div className="problem" role="alert">
      <strong className="lines">{problem.message}</strong> <code>{problem.code}</code>
      {problem.remedy !== undefined && <span> {problem.remedy}</span>}
    </div>
  );
}
