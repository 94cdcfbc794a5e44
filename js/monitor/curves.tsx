// The curves of loss and accuracy; each follows the run until the learner goes to a point of it.
import { useMemo, useState } from "preact/hooks";
import { Chart } from "../core/chart";
import { number } from "../core/format";
import { measured, type Curve } from "./state";
import { curveText, percent, pointText } from "./words";

interface CurvesProps {
  curve: Curve;
  /** How many examples there will be, where that is known. */
  total: number | null;
  onSay: (text: string) => void;
}

const three = (value: number): string => number(value, 3);

export function Curves({ curve, total, onSay }: CurvesProps) {
  return (
    <div class="cnnw-curves">
      <One name="Loss" values={curve.loss} {...{ curve, total, onSay }} />
      <One name="Accuracy" values={curve.accuracy} share {...{ curve, total, onSay }} />
    </div>
  );
}

interface OneProps extends CurvesProps {
  name: string;
  values: Curve["loss"];
  share?: boolean;
}

function One({ name, values, share = false, curve, total, onSay }: OneProps) {
  const [kept, setKept] = useState<number | null>(null); // examples seen at the point that the learner went to
  const points = useMemo(() => measured(curve.examples, values), [curve]);
  const series = useMemo(() => [{ name, values: points.values, dots: points.values.length <= 40 }], [points]);
  const last = points.x.length - 1;
  const at = kept === null ? last : Math.max(0, points.x.findLastIndex((x) => x <= kept));
  const say = share ? percent : three;
  const told = pointText(points.x[at], points.values[at], say);
  const go = (index: number): void => {
    setKept(index === last ? null : points.x[index]!); // the end goes on with the run
    onSay(`${name}: ${pointText(points.x[index], points.values[index], say)}.`);
  };
  return (
    <Chart
      label={name}
      summary={curveText(name, points.x, points.values, say)}
      xName="examples"
      yName={name}
      x={points.x}
      series={series}
      until={Math.max(total ?? 0, curve.examples.at(-1) ?? 0) || 1}
      percent={share}
      {...(share ? { top: 1 } : {})}
      at={at}
      valueText={told}
      onGo={go}
    />
  );
}
