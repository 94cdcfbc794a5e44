// A convolution's number: for every channel the window, the weights and their sum; one channel cell by cell.
import { useMemo, useState } from "preact/hooks";
import { largest } from "../core/colour";
import { number } from "../core/format";
import { Grid } from "../core/grid";
import { marks, PADDING } from "../core/marks";
import { Unit } from "../core/unit";
import type { Cell, Explained, Part } from "./explain";
import type { Inks } from "./paint";
import { usePlate } from "./plate";
import type { Shade } from "./plates";
import { fine, short, termsText } from "./words";

interface ConvSumProps {
  explained: Extract<Explained, { kind: "conv" }>;
  cell: Cell;
  /** Whether the layer before is the image. */
  first: boolean;
  /** The colours of the layer before. */
  scale: number;
  shade: Shade;
  inks: Inks;
  /** Goes to a cell of the layer before. */
  onPick: ((map: number, row: number, column: number) => void) | undefined;
}

/** Kernels with longer sides are drawn, not written. */
const LONGEST = 9;
/** Of more channels, the first are shown. */
const MOST_CHANNELS = 64;

export function ConvSum({ explained: { layer, parts, bias, value }, cell, first, scale, shade, inks, onPick }: ConvSumProps) {
  const [chosen, setChosen] = useState(0);
  const channel = Math.min(chosen, parts.length - 1);
  const part = parts[channel]!;
  const most = useMemo(() => Math.max(...parts.map(({ weights }) => largest(weights))), [parts]);
  const [top, left] = [cell[2] * layer.stride[0] - layer.padding[0], cell[3] * layer.stride[1] - layer.padding[2]];
  const place = (a: number, b: number): readonly [number, number] => [top + a * layer.dilation[0], left + b * layer.dilation[1]];
  const [rows, columns] = layer.kernel;
  const outside = useMemo(() => marks(rows, columns, (a, b) => (part.padding[a]![b] ? PADDING : 0)), [part, rows, columns]);
  const plain = useMemo(() => marks(rows, columns, () => 0), [rows, columns]);
  const written = rows <= LONGEST && columns <= LONGEST;
  const where = first ? "the image" : `map ${channel + 1}`;
  return (
    <>
      {parts.length > 1 && (
        <div class="cnnw-channels" role="group" aria-label="The maps of the layer before, and the sum that each adds">
          {parts.slice(0, MOST_CHANNELS).map((each, index) => (
            <button key={index} type="button" aria-pressed={index === channel} aria-label={`Map ${index + 1}: ${fine(each.sum)}`} onClick={() => setChosen(index)}>
              <Mini values={each.window} shade={shade} scale={scale} inks={inks} />
              <Mini values={each.weights} shade="signed" scale={most} inks={inks} />
              <span>{short(each.sum)}</span>
            </button>
          ))}
        </div>
      )}
      {written ? (
        <div class="cnnw-equation" data-steps={onPick !== undefined} style={{ "--widest": columns }}>
          <Unit name="window" title="Window" detail={`on ${where}`}>
            <Grid
              label={`Window on ${where}, ${rows} × ${columns}`}
              values={part.window}
              marks={outside}
              scale={shade === "signed" ? scale : Math.max(scale, 1e-9)}
              describe={(a, b, _, flags) => (flags & PADDING ? "padding: 0" : `row ${place(a, b)[0] + 1}, column ${place(a, b)[1] + 1} of ${where}: ${number(part.window[a]![b]!, 3)}`)}
              onPick={onPick && ((a, b) => part.padding[a]![b] || onPick(channel, ...(place(a, b) as [number, number])))}
            />
          </Unit>
          <Unit name="kernel" sign="⋆" title="Weights" detail={parts.length > 1 ? `for ${where}` : ""}>
            <Grid label={`Weights, ${rows} × ${columns}`} values={part.weights} marks={plain} scale={most} describe={(a, b) => cellText(a, b, part.weights)} />
          </Unit>
          <Unit name="products" sign="=" title="Products" detail={`sum ${fine(part.sum)}`}>
            <Grid label={`Products, ${rows} × ${columns}`} values={part.products} marks={plain} scale={largest(part.products)} describe={(a, b) => cellText(a, b, part.products)} />
          </Unit>
        </div>
      ) : (
        <Drawn part={part} shade={shade} scale={scale} most={most} inks={inks} />
      )}
      <p class="cnnw-total">
        <span>{parts.length > 1 ? `Sums of the ${parts.length} maps` : "Sum of the products"}</span>
        <span class="cnnw-terms">
          {termsText(parts.map(({ sum }) => sum))}
          {bias !== null && (
            <>
              {" "}
              <span class="cnnw-bias">
                {bias < 0 ? "−" : "+"} {fine(Math.abs(bias))} bias
              </span>
            </>
          )}{" "}
          <b>≈ {fine(value)}</b>
        </span>
      </p>
    </>
  );
}

/** What is heard of a cell is what it shows: nobody wants to listen to seventeen digits. */
function cellText(a: number, b: number, values: readonly (readonly number[])[]): string {
  return `row ${a + 1}, column ${b + 1}: ${number(values[a]![b]!, 3)}`;
}

interface MiniProps {
  values: readonly (readonly number[])[];
  shade: Shade;
  scale: number;
  inks: Inks;
  wide?: number;
}

function Mini({ values, shade, scale, inks, wide = 48 }: MiniProps) {
  const data = useMemo(() => Float32Array.from(values.flat()), [values]);
  const canvas = usePlate(data, 0, [values.length, values[0]!.length], { shade, scale }, inks, wide);
  return <canvas ref={canvas} aria-hidden="true" />;
}

function Drawn({ part, shade, scale, most, inks }: { part: Part; shade: Shade; scale: number; most: number; inks: Inks }) {
  return (
    <div class="cnnw-drawn">
      <Mini values={part.window} shade={shade} scale={scale} inks={inks} wide={224} />
      <Mini values={part.weights} shade="signed" scale={most} inks={inks} wide={224} />
      <Mini values={part.products} shade="signed" scale={largest(part.products)} inks={inks} wide={224} />
      <p class="cnnw-quiet">Window, weights and products; their sum is {fine(part.sum)}.</p>
    </div>
  );
}
