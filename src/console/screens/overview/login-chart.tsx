import type { Bar, Fate } from './overview-document.ts';

const HEIGHT = 180;
/** Below the bars, for their labels. */
const FOOT = 22;
/** Left of the bars, in percent, for the scale. */
const LEFT = 4;

const fates: readonly Fate[] = ['let in', 'refused', 'waits'];

/** Bars of logins over time. The table beside it says the same: a screen reader is given the summary alone. */
export function LoginChart({ bars, label }: { bars: readonly Bar[]; label: (bar: Bar) => string }) {
  const highest = Math.max(1, ...bars.map(({ counts }) => fates.reduce((sum, fate) => sum + counts[fate], 0)));
  const top = roundedUp(highest);
  const step = (100 - LEFT) / bars.length;
  const every = Math.ceil(bars.length / 8);
  const sum = (fate: Fate) => bars.reduce((total, { counts }) => total + counts[fate], 0);
  const y = (value: number) => (HEIGHT - FOOT) * (1 - value / top) + 6;
  return (
    <svg
      className="chart"
      width="100%"
      height={HEIGHT + 6}
      role="img"
      aria-label={`Logins over time: ${sum('let in')} let in, ${sum('refused')} refused, ${sum('waits')} waiting`}
    >
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line className="rule" x1={`${LEFT}%`} x2="100%" y1={y(value)} y2={y(value)} />
          {Number.isInteger(value) && (
            <text x="0" y={y(value) + 4}>
              {value.toLocaleString('en')}
            </text>
          )}
        </g>
      ))}
      {bars.map((bar, index) => {
        let below = 0;
        const x = LEFT + index * step;
        return (
          <g key={bar.from.getTime()} className="bar">
            <title>{`${label(bar)}: ${fates.map((fate) => `${bar.counts[fate]} ${fate}`).join(', ')}`}</title>
            <rect className="hit" x={`${x}%`} width={`${step}%`} y="0" height={HEIGHT - FOOT + 6} />
            {fates.map((fate) => {
              const count = bar.counts[fate];
              if (count === 0) return null;
              below += count;
              const height = y(0) - y(count);
              return (
                <rect
                  key={fate}
                  className={fate.replace(' ', '-')}
                  x={`${x + step * 0.15}%`}
                  width={`${step * 0.7}%`}
                  y={y(below)}
                  height={Math.max(1, height - 1)}
                  rx="2"
                />
              );
            })}
            {(bars.length - 1 - index) % every === 0 && (
              <text
                className={(bars.length - 1 - index) % (2 * every) === 0 ? '' : 'minor'}
                x={index === bars.length - 1 ? '100%' : `${x + step / 2}%`}
                y={HEIGHT + 2}
                textAnchor={index === bars.length - 1 ? 'end' : 'middle'}
              >
                {label(bar)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** The end of the scale: 1, 2 or 5 times a power of ten, and even. */
function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 4, 6, 10].find((one) => one * power >= value) ?? 10;
  return Math.max(2, factor * power);
}
