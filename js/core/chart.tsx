// A line chart that is also a slider: pointer, arrows, Page, Home and End move along the curve; every point is said.
import { useMemo, useRef } from "preact/hooks";
import { nearest, powerText, scaleOf, share, ticks, type Scale } from "./chart_scale";
import { grouped } from "./counts";
import { number } from "./format";
import { useWidth } from "./use_width";

export interface Series {
  readonly name: string;
  /** One value an x; null where there is none: the line goes on behind it. */
  readonly values: readonly (number | null)[];
  /** Drawn with a point at each value, for few of them. */
  readonly dots?: boolean;
  readonly dashed?: boolean;
}

interface ChartProps {
  label: string;
  /** What the whole curve shows, in words, for those who do not see it. */
  summary: string;
  xName: string;
  yName: string;
  /** In rising order. */
  x: readonly number[];
  series: readonly Series[];
  log?: boolean;
  /** The last x there can be; the last one that there is if left out. */
  until?: number;
  /** The least upper end of the y axis that is to be shown, such as 1 for shares. */
  top?: number;
  /** The y axis in per cent. */
  percent?: boolean;
  /** The point on view, as an index of x. */
  at: number;
  valueText: string;
  onGo: (index: number) => void;
  height?: number;
}

const LEFT = 52;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 40;
/** Half of the widest number along x: nearer to the edge it would be cut off. */
const ROOM = 26;

export function Chart(props: ChartProps) {
  const { label, summary, xName, yName, x, series, log = false, until, top, percent = false, at, valueText, onGo, height = 220 } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const count = x.length;
  const last = until ?? x.at(-1) ?? 1;
  const across: Scale = { from: 0, to: last > 0 ? last : 1, log: false };
  const up = useMemo(() => {
    const values = series.flatMap((each) => each.values.filter((value): value is number => value !== null));
    return scaleOf(top === undefined ? values : [...values, top], log);
  }, [series, log, top]);
  const inner = { wide: Math.max(40, width - LEFT - RIGHT), high: height - TOP - BOTTOM };
  const toX = (value: number): number => LEFT + share(across, value) * inner.wide;
  const toY = (value: number): number => TOP + (1 - share(up, value)) * inner.high;
  const lines = useMemo(() => series.map((each) => pathOf(each, x, toX, toY)), [series, x, width, height, up, last]);
  const go = (index: number): void => {
    const next = Math.max(0, Math.min(count - 1, index));
    if (count > 0 && next !== at) onGo(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.round(count / 10));
    const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, PageUp: at + page, PageDown: at - page, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(to);
  };
  const onPointer = (event: PointerEvent): void => {
    const target = event.currentTarget as HTMLElement;
    if (event.type === "pointerdown") target.setPointerCapture(event.pointerId);
    else if (!target.hasPointerCapture(event.pointerId)) return;
    const along = (event.clientX - target.getBoundingClientRect().left - LEFT) / inner.wide;
    go(nearest(x, along * across.to));
  };
  const cursor = x[at];
  return (
    <div class="cnnw-chart">
      <div
        ref={box}
        class="cnnw-plot"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-description={summary}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={at}
        aria-valuetext={valueText}
        onKeyDown={onKeyDown}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
      >
        <svg width={width} height={height} aria-hidden="true">
          {ticks(up, 5).map((value) => (
            <g key={value}>
              <line class="cnnw-rule" x1={LEFT} x2={LEFT + inner.wide} y1={toY(value)} y2={toY(value)} />
              <text class="cnnw-tick" x={LEFT - 8} y={toY(value) + 4} text-anchor="end">
                {percent ? `${number(value * 100, 3)}%` : log ? powerText(value) : number(value, 3)}
              </text>
            </g>
          ))}
          {ticks(across, Math.max(2, Math.min(8, Math.floor(inner.wide / 70)))).map((value) => (
            <text key={value} class="cnnw-tick" {...(toX(value) + ROOM > width ? { x: width, "text-anchor": "end" } : { x: toX(value), "text-anchor": "middle" })} y={height - BOTTOM + 18}>
              {value >= 1e4 ? grouped(value) : number(value, 4)}
            </text>
          ))}
          <text class="cnnw-axis" x={LEFT + inner.wide} y={height - 4} text-anchor="end">
            {xName}
          </text>
          {lines.map(({ path, dots }, index) => (
            <g key={index} class="cnnw-line" data-line={index}>
              <path d={path} stroke-dasharray={series[index]!.dashed ? "6 4" : undefined} />
              {dots.map(([cx, cy]) => (
                <circle key={cx} cx={cx} cy={cy} r={3} />
              ))}
            </g>
          ))}
          {cursor !== undefined && (
            <g class="cnnw-cursor">
              <line x1={toX(cursor)} x2={toX(cursor)} y1={TOP} y2={TOP + inner.high} />
              {series.map((each, index) => {
                const value = each.values[at];
                return value === null || value === undefined ? null : <circle key={index} cx={toX(cursor)} cy={toY(value)} r={5.5} />;
              })}
            </g>
          )}
        </svg>
      </div>
      <p class="cnnw-caption" aria-hidden="true">
        <b>{yName}</b> <span>{valueText}</span>
      </p>
    </div>
  );
}

function pathOf({ values, dots }: Series, x: readonly number[], toX: (value: number) => number, toY: (value: number) => number) {
  const points: [number, number][] = [];
  values.forEach((value, index) => {
    if (value !== null && Number.isFinite(value)) points.push([Math.round(toX(x[index]!) * 10) / 10, Math.round(toY(value) * 10) / 10]);
  });
  return { path: points.map(([px, py], index) => `${index ? "L" : "M"}${px} ${py}`).join(""), dots: dots ? points : [] };
}
