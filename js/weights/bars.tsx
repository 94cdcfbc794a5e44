// The four layers as rows to choose from: the count in digits, in words, as bytes, and as a bar of powers of ten.
import type { ComponentChildren } from "preact";
import { digits, inWords, memory, powerOfTen } from "../core/big_counts";
import { number } from "../core/format";
import { countOf, FORMULAS, KINDS, workedOf, type Kind, type Numbers } from "./counts";
import { endOfScale } from "./scale";
import { LINES, timesShared, TITLES } from "./words";

interface BarsProps {
  numbers: Numbers;
  kind: Kind;
  told: (kind: Kind) => boolean;
  onKind: (kind: Kind) => void;
  /** What the row on view has besides, such as the prediction. */
  children?: ComponentChildren;
}

export function Bars({ numbers, kind, told, onKind, children }: BarsProps) {
  const counts = KINDS.map((each) => countOf(each, numbers));
  const end = endOfScale(counts);
  const ticks = Array.from({ length: end / 3 + 1 }, (_, index) => 3 * index);
  return (
    <div class="cnnw-weight-bars">
      <ul>
        {KINDS.map((each, index) => {
          const count = counts[index]!;
          const power = powerOfTen(count);
          const length = `${number(power, 2)} of ${end} powers of ten`;
          return (
            <li key={each} data-current={each === kind}>
              <button type="button" class="cnnw-kind" aria-pressed={each === kind} onClick={() => onKind(each)}>
                {TITLES[each]}
              </button>
              <span class="cnnw-kind-line">{LINES[each]}</span>
              {told(each) ? (
                <>
                  <p class="cnnw-count">
                    <span class="cnnw-worked">
                      <small>{FORMULAS[each]}</small> = {workedOf(each, numbers)} =
                    </span>{" "}
                    <b>{digits(count)}</b>
                  </p>
                  <div class="cnnw-weight-bar" role="img" aria-label={`Bar of ${length}`}>
                    <i style={{ width: `${(100 * power) / end}%` }} />
                  </div>
                  <p class="cnnw-weight-size">
                    <span>
                      {inWords(count)} {count === 1n ? "weight" : "weights"}, {memory(count)} as float32
                      {each === "shared" ? "" : `; ${timesShared(each, numbers)}`}
                    </span>{" "}
                    <small>{length}</small>
                  </p>
                </>
              ) : (
                <p class="cnnw-count">
                  <b>?</b> <small>weights</small>
                </p>
              )}
              {each === kind && children}
            </li>
          );
        })}
      </ul>
      <div class="cnnw-axis" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ left: `${(100 * tick) / end}%` }}>
            {tick === 0 ? "1" : <>10<sup>{tick}</sup></>}
          </span>
        ))}
      </div>
    </div>
  );
}
