// The learner's own function of sizes over a table of them, or over the whole stack: what differs is marked, and the right number beside it.
import type { SizeAnswer, SizeCell } from "./state";

interface YoursProps {
  name: string;
  answer: SizeAnswer | null;
}

export function Yours({ name, answer }: YoursProps) {
  if (!answer) return <p class="cnnw-own cnnw-note-line">Waiting for Python to run {name} on these sizes.</p>;
  const right = answer.kind === "right";
  const asked = answer.kind !== "unasked";
  return (
    <section class="cnnw-own" aria-label={`What ${name} gives`}>
      <h3>
        {asked && (
          <span class="cnnw-own-sign" data-right={right} aria-hidden="true">
            {right ? "✓" : "✗"}
          </span>
        )}{" "}
        <code>{name}</code>
      </h3>
      <p class="cnnw-own-sentence">{answer.sentence}</p>
      {answer.columns.length > 0 && <Table name={name} answer={answer} />}
    </section>
  );
}

function Table({ name, answer }: { name: string; answer: SizeAnswer }) {
  const [first, ...rest] = answer.parameters;
  return (
    <div class="cnnw-scroller" tabIndex={0} role="group" aria-label={`Table of what ${name} gives`}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <code>{rest.join(", ")}</code>
            </th>
            {answer.columns.map((n) => (
              <th key={n} scope="col">
                <code>
                  {first} = {n}
                </code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row, index) => (
            <tr key={index}>
              <th scope="row">
                <code>{row.join(", ")}</code>
              </th>
              {answer.table[index]!.map((cell, column) => (
                <Cell key={column} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell: { got, right, differs } }: { cell: SizeCell }) {
  if (!differs) return <td>{got || <span aria-label="not asked">–</span>}</td>;
  return (
    <td class="cnnw-own-differs">
      <span>
        ✗ {got} <small>it is {right}</small>
      </span>
    </td>
  );
}
