// The place of a map in the strip, over its layer's sheet; it renders again only when something of its own has changed.
import { Component } from "preact";
import type { Tensor } from "./forward";
import type { Plates } from "./plates";
import { Frame } from "./plate";
import type { Region } from "./receptive";
import { rangeText } from "./words";

interface TileProps {
  spot: string;
  name: string;
  tensor: Tensor;
  map: number;
  plates: Plates;
  hidden: boolean;
  frame: Region | null;
  kind: "cell" | "read" | "field";
  current: boolean;
  tab: boolean;
  onPick: (place: readonly [number, number] | null) => void;
}

const WATCHED = ["spot", "name", "tensor", "plates", "hidden", "kind", "current", "tab"] as const;

function same(one: Region | null, other: Region | null): boolean {
  return one === other || (!!one && !!other && one.row === other.row && one.column === other.column && one.high === other.high && one.wide === other.wide);
}

export class MapTile extends Component<TileProps> {
  override shouldComponentUpdate(next: TileProps): boolean {
    return WATCHED.some((name) => next[name] !== this.props[name]) || !same(next.frame, this.props.frame);
  }

  override render({ spot, name, tensor, map, plates, hidden, frame, kind, current, tab }: TileProps) {
    const { rows, columns } = plates;
    const size = tensor.shape.length === 3 ? rows * columns : tensor.data.length;
    const what = hidden ? "hidden until you predict" : `${rangeText(tensor.data, map * size, size)}`;
    return (
      <div
        role="gridcell"
        class="cnnw-tile"
        data-spot={spot}
        data-hidden={hidden}
        aria-label={`${name}: ${what}`}
        aria-selected={current}
        tabIndex={tab ? 0 : -1}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const along = (at: number, side: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor((at / side) * count)));
          const keyed = event.detail === 0; // a screen reader's click has no place
          this.props.onPick(keyed ? null : [along(event.clientY - box.top, box.height, rows), along(event.clientX - box.left, box.width, columns)]);
        }}
      >
        {hidden ? <span aria-hidden="true">?</span> : frame && <Frame region={unfolded(frame, plates, tensor)} rows={rows} columns={columns} kind={kind} />}
      </div>
    );
  }
}

/** A region of a flat run where that run is folded: one number, or all. */
export function unfolded(region: Region, { rows, columns }: Plates, tensor: Tensor): Region {
  if (tensor.shape.length === 3) return region;
  if (region.wide > 1) return { map: null, row: 0, column: 0, high: rows, wide: columns };
  return { map: null, row: Math.floor(region.column / columns), column: region.column % columns, high: 1, wide: 1 };
}
