// One number taken apart: where it stands on its map, what it was made of, and the way back through the layers.
import { useMemo } from "preact/hooks";
import { BigMap } from "./big_map";
import { ConvSum } from "./conv_sum";
import { explain, type Cell } from "./explain";
import type { Network, Tensor } from "./forward";
import { LinearSum } from "./linear_sum";
import type { Inks } from "./paint";
import { PassSum } from "./pass_sum";
import type { Plates } from "./plates";
import { PoolSum } from "./pool_sum";
import { regionText, type Region } from "./receptive";
import { back, forth } from "./walk";
import { fine, layerText, passText, placeText } from "./words";

interface CellPanelProps {
  network: Network;
  /** The image and every layer's output, and how each looks. */
  tensors: readonly Tensor[];
  plates: readonly Plates[];
  inks: Inks;
  cell: Cell;
  regions: readonly Region[];
  /** The names of the classes, for the last layer. */
  names: readonly string[];
  /** From this layer on numbers are hidden. */
  hiddenFrom: number;
  onPick: (cell: Cell) => void;
}

const ACTIVATIONS = ["sigmoid", "relu", "tanh"];

export function CellPanel({ network, tensors, plates, inks, cell, regions, names, hiddenFrom, onPick }: CellPanelProps) {
  const { layers } = network;
  const [at] = cell;
  const hidden = at >= hiddenFrom;
  const [before, after] = [tensors[at]!, tensors[at + 1]!];
  const explained = useMemo(() => explain(network, before, after, cell), [network, before, after, cell]);
  const [, high, wide] = tensors[0]!.shape as [number, number, number];
  const next = layers[at + 1];
  const onward = next && at + 1 < hiddenFrom && ACTIVATIONS.includes(next.kind);
  const goForth = (): void => {
    if (next) onPick(forth(cell, next, after, tensors[at + 2]!));
  };
  const place = after.shape.length === 1 && after.data.length === names.length && at === layers.length - 1 ? `${placeText(after, cell)} (${names[cell[3]]})` : placeText(after, cell);
  const pickBefore = (map: number, row: number, column: number): void => onPick([at - 1, map, row, column]);
  return (
    <section class="cnnw-cell-panel" aria-label="One number taken apart">
      <header>
        <h3>
          {layerText(layers, at)}: {place} {!hidden && <b>{explained.value === 0 ? "= 0" : `≈ ${fine(explained.value)}`}</b>}
        </h3>
        <div class="cnnw-buttons">
          <button type="button" class="cnnw-button" aria-disabled={at === 0} onClick={() => at > 0 && onPick(back(cell, regions[at]!, before))}>
            ← Layer before
          </button>
          <button type="button" class="cnnw-button" aria-disabled={at === layers.length - 1} onClick={goForth}>
            Layer after →
          </button>
        </div>
      </header>
      <p class="cnnw-field-text">
        It depends on <b>{regionText(regions[0]!, high, wide)}</b>: the dashed frame.
      </p>
      {hidden ? (
        <p class="cnnw-quiet">This layer tells the classes: predict first.</p>
      ) : (
        <div class="cnnw-apart">
          <BigMap layers={layers} tensor={after} plates={plates[at + 1]!} inks={inks} cell={cell} onPick={onPick} />
          <div class="cnnw-made">
            {explained.kind === "conv" && <ConvSum explained={explained} cell={cell} first={at === 0} scale={plates[at]!.scale} shade={plates[at]!.shade} inks={inks} onPick={at > 0 ? pickBefore : undefined} />}
            {explained.kind === "pool" && <PoolSum explained={explained} cell={cell} scale={plates[at]!.scale} onPick={at > 0 ? pickBefore : undefined} />}
            {explained.kind === "linear" && <LinearSum explained={explained} layers={layers} at={at} tensors={tensors} onPick={at > 0 ? (index) => onPick([at - 1, 0, 0, index]) : undefined} />}
            {explained.kind === "pass" && <PassSum explained={explained} />}
            {onward && (
              <p class="cnnw-onward">
                Then {next.name}: <button type="button" class="cnnw-link" onClick={goForth}>{passText(next, explained.value, valueOnward(tensors[at + 2]!, cell))}</button>
              </p>
            )}
          </div>
        </div>
      )}
    </section>
  );
}

function valueOnward({ shape, data }: Tensor, [, map, row, column]: Cell): number {
  return shape.length === 3 ? data[(map * shape[1]! + row) * shape[2]! + column]! : data[column]!;
}
