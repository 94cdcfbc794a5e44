// The framed pixel under the magnifier: window, kernel, products and their sum, cell by cell.
import { useMemo, useState } from "preact/hooks";
import { largest } from "../core/colour";
import { replaced, type Matrix, type Mode, type Tap } from "../core/correlation";
import { factor, products, result } from "../core/format";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import type { Describe } from "../core/grid_row";
import type { State } from "../core/local_model";
import { ASKED, LIT, marks, PADDING } from "../core/marks";
import { Unit } from "../core/unit";
import { tapsAt } from "./filter";
import type { Place, Result, Scene } from "./state";
import { MODE_NAMES, MODE_SIGNS, sides } from "./summary";

/** Longer sums leave out their middle. */
export const MOST_TERMS = 10;

interface MagnifierProps {
  scene: Scene;
  place: Place;
  told: boolean;
  onWrite: (changes: State) => void;
  onRefuse: (text: string) => void;
}

const describeWeight: Describe = (a, b, text) => `row ${a + 1}, column ${b + 1}: ${text}`;

export function Magnifier({ scene, place, told, onWrite, onRefuse }: MagnifierProps) {
  const [lit, setLit] = useState<Position | null>(null); // a cell of the window
  const both = scene.results.length === 2;
  const [row, column] = place.pixel;
  return (
    <section class="cnnw-magnifier" aria-label="The framed pixel">
      <h3>
        Pixel row {row + 1}, column {column + 1} <code>Y[{place.output.join(", ")}]</code>
      </h3>
      {scene.results.map((each, index) => (
        <Equation
          key={each.mode}
          scene={scene}
          place={place}
          each={each}
          first={index === 0}
          both={both}
          told={told}
          lit={lit}
          setLit={setLit}
          onWrite={onWrite}
          onRefuse={onRefuse}
        />
      ))}
    </section>
  );
}

interface EquationProps extends MagnifierProps {
  each: Result;
  first: boolean;
  both: boolean;
  lit: Position | null;
  setLit: (at: Position | null) => void;
}

function Equation({ scene, place, each: { mode, sliding }, first, both, told, lit, setLit, onWrite, onRefuse }: EquationProps) {
  const { kernel, picture, padded } = scene;
  const [rows, columns] = [sliding.length, sliding[0]!.length];
  const taps = tapsAt(padded, sliding, place.output[0], place.output[1]);
  const matrix = (value: (tap: Tap) => number): Matrix => Array.from({ length: rows }, (_, a) => taps.slice(a * columns, (a + 1) * columns).map(value));
  const window = matrix((tap) => tap.value);
  const weighed = matrix((tap) => tap.value * tap.weight);
  const [top, left] = place.corner;
  const outside = (a: number, b: number) => top + a < 0 || top + a >= picture.height || left + b < 0 || left + b >= picture.width;
  const link = (a: number, b: number) => (lit?.[0] === a && lit[1] === b ? LIT : 0);
  const turned = ([a, b]: Position): Position => [rows - 1 - a, columns - 1 - b];
  const convolution = mode === "convolution";
  const describeWindow = useMemo<Describe>(
    () => (a, b, text, flags) => (flags & PADDING ? "padding: 0" : `row ${top + a + 1}, column ${left + b + 1} of the picture: ${text}`),
    [top, left],
  );
  const factors = weighed.map((cells, a) => cells.map((_, b) => `${factor(window[a]![b]!)} × ${factor(sliding[a]![b]!)}`));
  const describeProduct: Describe = (a, b, text) => (text === "" ? "not told, predict first" : `${factors[a]![b]!} = ${text}`);
  const size = sides({ height: rows, width: columns });
  const pointTurned = (at: Position | null) => setLit(at && turned(at));
  const total = taps.reduce((sum, tap) => sum + tap.value * tap.weight, 0);
  return (
    <div class="cnnw-equation" role="group" aria-label={MODE_NAMES[mode]}>
      <Unit name="window" title="Window" detail={size}>
        <Grid
          label={`Window, ${size}`}
          values={window}
          marks={marks(rows, columns, (a, b) => (outside(a, b) ? PADDING : 0) | link(a, b))}
          scale={255}
          describe={describeWindow}
          onPoint={setLit}
        />
      </Unit>
      {first && (
        <Unit name="kernel" sign={MODE_SIGNS[mode]} title="Kernel" detail={size}>
          <Grid
            label={`Kernel, ${size}`}
            values={kernel}
            marks={marks(rows, columns, (a, b) => (convolution ? link(...turned([a, b])) : link(a, b)))}
            scale={largest(kernel)}
            describe={describeWeight}
            onEdit={(a, b, value) => onWrite({ kernel: replaced(kernel, a, b, value) })}
            onRefuse={onRefuse}
            onPoint={convolution ? pointTurned : setLit}
          />
        </Unit>
      )}
      {convolution && (
        <Unit name="turned" sign={first ? "↻" : "∗"} title="Turned by 180°" detail={first ? "what slides" : ""}>
          <Grid
            label={`Kernel turned by a half turn, ${size}`}
            values={sliding}
            marks={marks(rows, columns, link)}
            scale={largest(sliding)}
            describe={describeWeight}
            onPoint={setLit}
          />
        </Unit>
      )}
      <Unit name="products" sign="=" title="Products" detail="cell by cell">
        <Grid
          label={`Products, ${size}`}
          values={weighed}
          marks={marks(rows, columns, (a, b) => (told ? 0 : ASKED) | link(a, b))}
          scale={largest(weighed)}
          describe={describeProduct}
          onPoint={setLit}
        />
      </Unit>
      <p class="cnnw-total">
        {told ? (
          <>
            <span class="cnnw-muted">{both ? `${MODE_NAMES[mode]} gives` : "Their sum"}</span> <b class="cnnw-result">{result(total, taps)}</b>
            <span class="cnnw-terms">{products(taps, MOST_TERMS)}</span>
          </>
        ) : (
          <span class="cnnw-muted">Predict first: then the products and their sum are shown.</span>
        )}
      </p>
    </div>
  );
}

/** The mode's sum at a place as a line of text. */
export function sumText(mode: Mode, taps: readonly Tap[]): string {
  const total = taps.reduce((sum, tap) => sum + tap.value * tap.weight, 0);
  return `${MODE_NAMES[mode]}: ${products(taps, MOST_TERMS)} ${result(total, taps)}`;
}
