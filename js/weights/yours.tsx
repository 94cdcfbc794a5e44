// What the learner's own function gives, for the numbers on view and for others, with what differs marked.
import { digits } from "../core/big_counts";
import type { CountAnswer } from "./state";

const shown = (text: string): string => (/^-?\d+$/.test(text) ? digits(BigInt(text)) : text);

export function Yours({ name, answer }: { name: string; answer: CountAnswer | null }) {
  if (!answer) return <p class="cnnw-weight-own">Waiting for Python to run {name} on these numbers.</p>;
  const right = answer.kind === "right";
  return (
    <section class="cnnw-weight-own" aria-label={`What ${name} gives`}>
      <p>
        <b class="cnnw-weight-own-sign" data-right={right} aria-hidden="true">
          {right ? "✓" : "✗"}
        </b>{" "}
        {answer.sentence}
      </p>
      <div class="cnnw-scroller">
        <table>
          <thead>
            <tr>
              <th scope="col">{answer.parameters.join(", ")}</th>
              <th scope="col">Yours</th>
              <th scope="col">Right</th>
            </tr>
          </thead>
          <tbody>
            {answer.rows.map((row, index) => (
              <tr key={row.arguments.join()} data-differs={row.differs}>
                <th scope="row">
                  {row.arguments.join(", ")} {index === 0 && <small>on view</small>}
                </th>
                <td>
                  {row.got === "" ? "not asked" : shown(row.got)} {row.differs ? <b aria-label="wrong">✗</b> : row.got && <b aria-label="right">✓</b>}
                </td>
                <td>{digits(BigInt(row.right))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
