// The stack as a list: one option a layer, chosen, moved and removed by keyboard or by the buttons below.
import { useEffect, useRef } from "preact/hooks";
import { grouped } from "../core/counts";
import { nameOf, settingsOf, type Kind } from "./layers";
import { shapeText, type Reveal, type SizeAnswer } from "./state";
import type { Shape, Stage } from "./stack";

interface LayerListProps {
  input: Shape;
  batch: number | string;
  stages: readonly Stage[];
  reveal: Reveal;
  /** 0 for the input, else the layer's number. */
  selected: number;
  most: number;
  answer: SizeAnswer | null;
  fnName: string;
  onSelect: (number: number) => void;
  onAdd: (kind: Kind) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  /** Enter: on to the settings of the layer. */
  onEnter: () => void;
}

const KINDS: readonly (readonly [Kind, string])[] = [
  ["conv", "Conv"],
  ["pool", "Pool"],
  ["activation", "Activation"],
  ["flatten", "Flatten"],
  ["linear", "Linear"],
];

export function LayerList(props: LayerListProps) {
  const { input, batch, stages, reveal, selected, most, answer, fnName, onSelect, onAdd, onMove, onRemove, onEnter } = props;
  const root = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);
  // The focus stays with the layer on view when it moves or goes.
  useEffect(() => {
    if (hadFocus.current) root.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
  }, [selected, stages]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) onMove(key === "ArrowUp" ? -1 : 1);
    else if (event.altKey) return;
    else if (key === "ArrowUp" || key === "ArrowDown") onSelect(selected + (key === "ArrowUp" ? -1 : 1));
    else if (key === "Home" || key === "End") onSelect(key === "Home" ? 0 : stages.length);
    else if (key === "Delete" || key === "Backspace") onRemove();
    else if (key === "Enter" || key === " ") onEnter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const full = stages.length >= most;
  const none = selected === 0;
  return (
    <div class="cnnw-stack">
      <div class="cnnw-layer cnnw-layer-head" aria-hidden="true">
        <span>Layer</span>
        <span>Output</span>
        <span>Receptive field</span>
        <span>Parameters</span>
        <span>Multiply-adds</span>
      </div>
      <div
        ref={root}
        role="listbox"
        aria-label="Layers"
        class="cnnw-layers"
        onKeyDown={onKeyDown}
        onFocusIn={() => (hadFocus.current = true)}
        onFocusOut={(event) => (hadFocus.current = event.relatedTarget === null && hadFocus.current)}
      >
        <div
          role="option"
          aria-selected={selected === 0}
          tabIndex={selected === 0 ? 0 : -1}
          class="cnnw-layer"
          onClick={() => onSelect(0)}
        >
          <span class="cnnw-said">Input, {shapeText(input, batch)}</span>
          <span class="cnnw-layer-name" aria-hidden="true">
            <b>Input</b>
          </span>
          <span class="cnnw-layer-shape" aria-hidden="true">
            {shapeText(input, batch)}
          </span>
        </div>
        {stages.map((stage, index) => (
          <Option
            key={index}
            number={index + 1}
            count={stages.length}
            stage={stage}
            batch={batch}
            told={reveal.shows(index)}
            selected={selected === index + 1}
            yours={reveal.shows(index) ? yoursOf(answer, index + 1, fnName) : ""}
            onSelect={() => onSelect(index + 1)}
          />
        ))}
      </div>
      <div class="cnnw-tools" role="group" aria-label={none ? "Change the stack, at its start" : `Change the stack, at layer ${selected}`}>
        <span class="cnnw-tool-row">
          <span class="cnnw-tool-title">Add after {none ? "the input" : `layer ${selected}`}</span>
          {KINDS.map(([kind, name]) => (
            <button
              key={kind}
              type="button"
              class="cnnw-button"
              aria-label={`Add ${name} after ${none ? "the input" : `layer ${selected}`}`}
              aria-disabled={full}
              onClick={() => full || onAdd(kind)}
            >
              <span aria-hidden="true">+</span> {name}
            </button>
          ))}
        </span>
        <span class="cnnw-tool-row">
          <Tool name="Move up" off={selected < 2} onClick={() => onMove(-1)} />
          <Tool name="Move down" off={none || selected >= stages.length} onClick={() => onMove(1)} />
          <Tool name="Remove" off={none} onClick={onRemove} />
          {full && <span class="cnnw-tool-title">{most} layers are the most.</span>}
        </span>
      </div>
    </div>
  );
}

function Tool({ name, off, onClick }: { name: string; off: boolean; onClick: () => void }) {
  return (
    <button type="button" class="cnnw-button" aria-disabled={off} onClick={() => off || onClick()}>
      {name}
    </button>
  );
}

interface OptionProps {
  number: number;
  count: number;
  stage: Stage;
  batch: number | string;
  told: boolean;
  selected: boolean;
  /** What the learner's function gives otherwise; empty where it gives the same. */
  yours: string;
  onSelect: () => void;
}

/** What is seen stands in columns; what is said is a sentence of its own. */
function Option({ number, count, stage, batch, told, selected, yours, onSelect }: OptionProps) {
  const { layer, shape, problem, sees, all, parameters, multiplyAdds } = stage;
  const reached = shape !== null;
  const title = [nameOf(layer), settingsOf(layer)].filter(Boolean).join(", ");
  const output = !told ? "?" : reached ? shapeText(shape, batch) : problem ? "does not fit" : "not reached";
  const field = reached && told ? `${sees[0]} × ${sees[1]}` : "";
  const label = [
    `Layer ${number} of ${count}: ${title}`,
    !told
      ? "output not told, predict it"
      : !reached
        ? problem || "not reached, a layer before it does not fit"
        : `output ${output}, receptive field ${field}${all ? " for every unit" : ""}, ${grouped(parameters)} parameters, ${grouped(multiplyAdds)} multiply-adds`,
    yours,
  ];
  return (
    <div
      role="option"
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      class={`cnnw-layer${told && problem ? " cnnw-layer-misfit" : ""}${told && !reached && !problem ? " cnnw-layer-beyond" : ""}`}
      onClick={onSelect}
    >
      <span class="cnnw-said">{label.filter(Boolean).join(". ")}</span>
      <span class="cnnw-layer-name" aria-hidden="true">
        <i>{number}</i>
        <span>
          <b>{nameOf(layer)}</b> <small>{settingsOf(layer)}</small>
        </span>
      </span>
      <span class="cnnw-layer-shape" aria-hidden="true">
        {told && problem ? "✗ " : ""}
        {output}
        {yours && <em>✗ {yours}</em>}
      </span>
      <span class="cnnw-layer-number" aria-hidden="true" data-name="field">
        {field}
      </span>
      <span class="cnnw-layer-number" aria-hidden="true" data-name="parameters">
        {reached && told ? (parameters ? grouped(parameters) : "–") : ""}
      </span>
      <span class="cnnw-layer-number" aria-hidden="true" data-name="multiply-adds">
        {reached && told ? (multiplyAdds ? grouped(multiplyAdds) : "–") : ""}
      </span>
    </div>
  );
}

/** "output_size gives 17 × 17" where that is wrong for a layer. */
function yoursOf(answer: SizeAnswer | null, layer: number, name: string): string {
  const found = answer?.layers.filter((each) => each.layer === layer) ?? [];
  if (found.length === 0) return "";
  const [first, second] = found;
  if (second && first!.got === second.got) return `${name} gives ${first!.got}`;
  return found.map(({ place, got }) => `${name} gives ${got}${place === "shape" ? "" : ` ${place}`}`).join(", ");
}
