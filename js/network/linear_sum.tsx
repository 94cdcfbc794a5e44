// A linear layer's number: the products that count most, as bars to either side of 0, and how all of them add up.
import { strongest, type Explained } from "./explain";
import type { Tensor } from "./forward";
import type { Layer } from "./layers";
import { fine } from "./words";

interface LinearSumProps {
  explained: Extract<Explained, { kind: "linear" }>;
  layers: readonly Layer[];
  at: number;
  tensors: readonly Tensor[];
  onPick: ((index: number) => void) | undefined;
}

const SHOWN = 8;

export function LinearSum({ explained: { terms, bias, value }, layers, at, tensors, onPick }: LinearSumProps) {
  const { first, rest } = strongest(terms, SHOWN);
  const most = Math.max(1e-12, ...first.map((term) => Math.abs(term.value * term.weight)));
  const left = terms.length - first.length;
  const origin = at > 0 && layers[at - 1]!.kind === "flatten" ? tensors[at - 1]! : null;
  return (
    <>
      <table class="cnnw-linear">
        <caption>
          The {first.length} products that count most, of {terms.length}
        </caption>
        <thead>
          <tr>
            <th scope="col">input</th>
            <th scope="col">value × weight</th>
            <th scope="col" colSpan={2}>
              product
            </th>
          </tr>
        </thead>
        <tbody>
          {first.map((term) => {
            const product = term.value * term.weight;
            return (
              <tr key={term.index}>
                <th scope="row">
                  {onPick ? (
                    <button type="button" class="cnnw-link" onClick={() => onPick(term.index)}>
                      {nameOf(term.index, origin)}
                    </button>
                  ) : (
                    nameOf(term.index, origin)
                  )}
                </th>
                <td>
                  {fine(term.value)} × {term.weight < 0 ? `(${fine(term.weight)})` : fine(term.weight)}
                </td>
                <td>{fine(product)}</td>
                <td class="cnnw-diverging" aria-hidden="true">
                  <i data-sign={product < 0 ? "-" : "+"} style={{ width: `${(50 * Math.abs(product)) / most}%` }} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="cnnw-total">
        <span>All together</span>
        <span class="cnnw-terms">
          {fine(first.reduce((sum, term) => sum + term.value * term.weight, 0))}
          {left > 0 && ` ${rest < 0 ? "−" : "+"} ${fine(Math.abs(rest))} of the other ${left}`}
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

/** "12", or where it came from maps "12 (map 1, row 3, column 2)". */
function nameOf(index: number, origin: Tensor | null): string {
  if (!origin || origin.shape.length !== 3) return String(index + 1);
  const [, high, wide] = origin.shape as [number, number, number];
  return `${index + 1} (map ${Math.floor(index / (high * wide)) + 1}, row ${(Math.floor(index / wide) % high) + 1}, column ${(index % wide) + 1})`;
}
