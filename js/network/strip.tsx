// All layers side by side, each with its maps: one tab stop, arrows from layer to layer and map to map, Enter picks.
import { useEffect, useRef, useState } from "preact/hooks";
import { counted } from "../core/format";
import type { Cell } from "./explain";
import type { Tensor } from "./forward";
import { settingText, shapeText, type Layer } from "./layers";
import type { Inks } from "./paint";
import { cellAt, type Plates } from "./plates";
import type { Region } from "./receptive";
import { Sheet, spreadOf } from "./sheet";
import { MapTile } from "./tile";
import { short } from "./words";

/** Of more maps than these, the first are drawn. */
export const MOST_MAPS = 64;

interface StripProps {
  layers: readonly Layer[];
  /** The image and every layer's output, and how each looks. */
  tensors: readonly Tensor[];
  plates: readonly Plates[];
  inks: Inks;
  cell: Cell;
  /** What the cell depends on: of the image, then of each layer up to its own. */
  regions: readonly Region[];
  /** From this layer on numbers are hidden. */
  hiddenFrom: number;
  onPick: (cell: Cell) => void;
}

type Spot = readonly [column: number, map: number];

export function Strip({ layers, tensors, plates, inks, cell, regions, hiddenFrom, onPick }: StripProps) {
  const root = useRef<HTMLDivElement>(null);
  const [[tabColumn, tabMap], setTab] = useState<Spot>([cell[0] + 1, cell[1]]);
  const shown = plates.map(({ count }) => Math.min(count, MOST_MAPS));
  const column = Math.min(tabColumn, tensors.length - 1);
  const tab: Spot = [column, Math.min(tabMap, shown[column]! - 1)];

  // The layer on view is scrolled to, sideways only: the page stays where it is.
  useEffect(() => {
    const [scroller, target] = [root.current, root.current?.children[cell[0] + 1]];
    if (!scroller || !(target instanceof HTMLElement)) return;
    const [start, end] = [target.offsetLeft, target.offsetLeft + target.offsetWidth];
    if (start < scroller.scrollLeft) scroller.scrollLeft = start - 12;
    else if (end > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = end - scroller.clientWidth + 12;
  }, [cell[0]]);

  const focus = ([to, map]: Spot): void => {
    setTab([to, map]);
    root.current?.querySelector<HTMLElement>(`[data-spot="${to},${map}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const spot = (event.target as Element).closest<HTMLElement>("[data-spot]")?.dataset["spot"]?.split(",").map(Number);
    if (!spot) return;
    const [at, map] = spot as [number, number];
    const beside = (to: number): Spot => [to, Math.min(map, shown[to]! - 1)];
    if (event.key === "ArrowRight") focus(beside(Math.min(at + 1, tensors.length - 1)));
    else if (event.key === "ArrowLeft") focus(beside(Math.max(at - 1, 0)));
    else if (event.key === "ArrowDown") focus([at, Math.min(map + 1, shown[at]! - 1)]);
    else if (event.key === "ArrowUp") focus([at, Math.max(map - 1, 0)]);
    else if (event.key === "Home") focus(beside(0));
    else if (event.key === "End") focus(beside(tensors.length - 1));
    else if ((event.key === "Enter" || event.key === " ") && at > 0) pick(at, map, null);
    else return;
    event.preventDefault();
  };
  /** Picks a place of a map; without one, where the cell on view stands on its own map, or the middle. */
  const pick = (at: number, map: number, place: readonly [number, number] | null): void => {
    if (at === 0 || at > hiddenFrom) return;
    const { rows, columns } = plates[at]!;
    const flat = tensors[at]!.shape.length !== 3;
    const [row, col] = place ?? (flat ? [0, 0] : cell[0] === at - 1 ? [cell[2], cell[3]] : [rows >> 1, columns >> 1]);
    const to = cellAt(at - 1, tensors[at]!, plates[at]!, map, row, col);
    if (to) onPick(to);
  };
  // Tiles render seldom: what they call is always the newest.
  const latest = useRef(pick);
  latest.current = (at, map, place) => {
    setTab([at, map]);
    pick(at, map, place);
  };

  return (
    <div class="cnnw-strip" role="grid" aria-label="The layers and their maps. Left and right: layers; up and down: maps; Enter takes one apart." ref={root} onKeyDown={onKeyDown} aria-readonly="true">
      {tensors.map((tensor, at) => {
        const look = plates[at]!;
        const layer = at > 0 ? layers[at - 1]! : null;
        const hidden = at > hiddenFrom;
        const spread = spreadOf(look, shown[at]!);
        const [tall, wide] = spread.tile;
        return (
          <div key={at} role="row" class="cnnw-stage" data-current={at === cell[0] + 1}>
            <div role="rowheader" class="cnnw-stage-head">
              <b>{layer ? `${at} ${layer.name}` : "Image"}</b>
              <span>{shapeText(tensor.shape)}</span>
              <span>{hidden ? "predict first" : scaleText(look)}</span>
              <span>{(layer && settingText(layer)) || "\u00a0"}</span>
            </div>
            <div class="cnnw-maps" role="presentation" style={{ "--high": spread.high, "--gap": `${spread.gap}px`, "--tall": `${tall}px`, "--wide": `${wide}px` }}>
              {!hidden && <Sheet tensor={tensor} plates={look} count={shown[at]!} spread={spread} inks={inks} />}
              {Array.from({ length: shown[at]! }, (_, map) => (
                <MapTile
                  key={map}
                  spot={`${at},${map}`}
                  name={layer ? `Layer ${at}, ${layer.name}${tensor.shape.length === 3 ? `, map ${map + 1} of ${look.count}` : ""}` : "The image"}
                  tensor={tensor}
                  map={map}
                  plates={look}
                  hidden={hidden}
                  frame={frameFor(at, map, cell, regions)}
                  kind={at === cell[0] + 1 ? "cell" : at === cell[0] ? "read" : "field"}
                  current={at === cell[0] + 1 && map === cell[1]}
                  tab={tab[0] === at && tab[1] === map}
                  onPick={(place) => latest.current(at, map, place)}
                />
              ))}
            </div>
            {shown[at]! < look.count && <p class="cnnw-quiet">{`the first ${MOST_MAPS} of ${counted(look.count, "map")}`}</p>}
          </div>
        );
      })}
    </div>
  );
}

/** What of a map is framed: the cell, what it reads, or what it depends on; nothing of maps that have no part in it. */
function frameFor(at: number, map: number, cell: Cell, regions: readonly Region[]): Region | null {
  const region = at <= cell[0] + 1 ? regions[at] : undefined;
  return region && (region.map === null || region.map === map) ? region : null;
}

function scaleText({ shade, scale }: Plates): string {
  if (shade === "grey") return "black to white";
  return shade === "signed" ? `−${short(scale)} to ${short(scale)}` : `0 to ${short(scale)}`;
}
