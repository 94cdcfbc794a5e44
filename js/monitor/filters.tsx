// The filters of the first convolution as small signed maps: blue above 0, orange and hatched below.
import { useMemo } from "preact/hooks";
import type { Theme } from "../core/colour";
import type { Matrix } from "../core/correlation";
import { number } from "../core/format";
import { timesText } from "../core/volume";
import { RAMPS } from "../image/paint";
import { usePaint } from "../image/use_paint";

export function Filters({ filters, theme }: { filters: readonly Matrix[]; theme: Theme }) {
  const scale = Math.max(0, ...filters.flat(2).map(Math.abs));
  const size = timesText(filters[0]!.length, filters[0]![0]!.length);
  return (
    <section class="cnnw-filters" aria-label="Filters of the first layer">
      <h3>
        First filters <span>{`${filters.length} of ${size}, up to ±${number(scale, 2)}`}</span>
      </h3>
      <div class="cnnw-maps">
        {filters.map((filter, index) => (
          <Map key={index} filter={filter} scale={scale} theme={theme} label={`Filter ${index + 1}: ${signsText(filter)}`} />
        ))}
      </div>
      <p class="cnnw-quiet">Blue adds where the picture is bright, orange with lines takes away.</p>
    </section>
  );
}

function Map({ filter, scale, theme, label }: { filter: Matrix; scale: number; theme: Theme; label: string }) {
  const plane = useMemo(() => ({ height: filter.length, width: filter[0]!.length, values: Float64Array.from(filter.flat()) }), [filter]);
  const canvas = usePaint(plane, { scale }, theme, 120);
  return <canvas ref={canvas} role="img" aria-label={label} title={label} style={{ background: `rgb(${RAMPS[theme].zero.join(" ")})` }} />;
}

/** "14 weights above 0, 11 below". */
function signsText(filter: Matrix): string {
  const values = filter.flat();
  return `${values.filter((value) => value > 0).length} weights above 0, ${values.filter((value) => value < 0).length} below`;
}
