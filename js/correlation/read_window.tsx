// The elements that the learner's function read, dashed over the input, and the legend that tells the outlines apart.
import { Switch } from "../core/controls";
import { isBlock, type Place } from "./read_place";
import type { ReadWords } from "./reads";

/** A dashed outline inside of the right window's, or one around each element where they are no block. */
export function ReadWindow({ place, right }: { place: Place; right: boolean }) {
  const kind = `cnnw-window cnnw-window-read${right ? " cnnw-window-agrees" : ""}`;
  if (isBlock(place)) {
    const [top, bottom, left, last] = place;
    return <div class={kind} style={{ "--row": top, "--column": left, "--high": bottom - top + 1, "--wide": last - left + 1 }} aria-hidden="true" />;
  }
  return (
    <>
      {Array.from({ length: place.cells.length / 2 }, (_, index) => (
        <div
          key={index}
          class={kind}
          style={{ "--row": place.cells[2 * index]!, "--column": place.cells[2 * index + 1]!, "--high": 1, "--wide": 1 }}
          aria-hidden="true"
        />
      ))}
    </>
  );
}

interface ReadLegendProps {
  name: string;
  on: boolean;
  words: ReadWords;
  /** Whether the values are right here, which hides what is read wrongly. */
  valuesRight: boolean;
  onSwitch: (on: boolean) => void;
}

/** The switch, what the two outlines are, and the comparison in words. */
export function ReadLegend({ name, on, words, valuesRight, onSwitch }: ReadLegendProps) {
  return (
    <div class="cnnw-reads">
      <Switch checked={on} onChange={onSwitch}>
        What {name} reads
      </Switch>
      {on && (
        <>
          <p class="cnnw-read-text" data-right={words.right ?? "unknown"}>
            {words.right !== null && <b aria-hidden="true">{words.right ? "✓ " : "✗ "}</b>}
            {words.text}
            {words.right === false && valuesRight && " The values agree all the same: this input does not give it away."}
          </p>
          {words.right !== null && (
            <p class="cnnw-read-legend" aria-hidden="true">
              <i class="cnnw-swatch" /> right window
              <i class={`cnnw-swatch cnnw-swatch-read${words.right ? " cnnw-window-agrees" : ""}`} /> {name} read
            </p>
          )}
        </>
      )}
    </div>
  );
}
