// The layer on view in full: its settings, both formulas with the numbers put in, and what it costs.
import { useState } from "preact/hooks";
import type { Axis, Pair } from "../core/correlation";
import { dilated, floorText, inTotal, perSide, type Worked } from "../core/formulas";
import { fieldText, multiplyAddsText, parametersText } from "./facts";
import { Fields } from "./fields";
import { isSquare, nameOf, type Layer } from "./layers";
import { shapeText } from "./state";
import type { Stage } from "./stack";

interface PanelProps {
  number: number;
  stage: Stage;
  before: Stage | undefined;
  batch: number | string;
  told: boolean;
  limits: Readonly<Record<string, readonly [number, number]>>;
  onChange: (layer: Layer) => void;
  children?: preact.ComponentChildren;
}

export function Panel({ number, stage, before, batch, told, limits, onChange, children }: PanelProps) {
  const [split, setSplit] = useState(false);
  const { layer, given, shape, problem } = stage;
  const alike = isSquare([layer]);
  const onSquare = (square: boolean): void => {
    setSplit(!square);
    if (square && !alike) onChange(squared(layer));
  };
  return (
    <>
      <h3>
        Layer {number}: {nameOf(layer)}
      </h3>
      <Fields layer={layer} limits={limits} square={alike && !split} onSquare={onSquare} onChange={onChange} />
      {children}
      {told && problem && (
        <p class="cnnw-message" role="status">
          <b>Does not fit.</b> {problem}
        </p>
      )}
      {told && !shape && !problem && <p class="cnnw-message">Not reached: a layer before this one does not fit.</p>}
      <Sizes stage={stage} told={told} />
      {told && shape && (
        <dl class="cnnw-facts">
          <div>
            <dt>Shape</dt>
            <dd>
              {shapeText(given, batch)} <span aria-label="becomes">→</span> <b>{shapeText(shape, batch)}</b>
            </dd>
          </div>
          <div>
            <dt>Receptive field</dt>
            <dd>{fieldText(stage, before)}</dd>
          </div>
          <div>
            <dt>Parameters</dt>
            <dd>{parametersText(stage)}</dd>
          </div>
          <div>
            <dt>Multiply-adds</dt>
            <dd>{multiplyAddsText(stage)}</dd>
          </div>
        </dl>
      )}
    </>
  );
}

/** A windowed layer with the rows' numbers for columns too. */
function squared(layer: Layer): Layer {
  if (layer.kind !== "conv" && layer.kind !== "pool") return layer;
  const both = ([rows]: Pair): Pair => [rows, rows];
  const alike = { kernel: both(layer.kernel), padding: both(layer.padding), stride: both(layer.stride) };
  return layer.kind === "conv" ? { ...layer, ...alike, dilation: both(layer.dilation) } : { ...layer, ...alike };
}

const alikeAxes = (a: Axis, b: Axis): boolean => a.n === b.n && a.k === b.k && a.p === b.p && a.s === b.s && a.d === b.d;

/** Both formulas for an axis, or for each where rows and columns differ. */
function Sizes({ stage: { axes, layer }, told }: { stage: Stage; told: boolean }) {
  if (!axes) return null;
  const [rows, columns] = axes;
  const both = alikeAxes(rows, columns);
  const what = layer.kind === "conv" ? "Output size" : "Output size, the same for pooling";
  return (
    <section class="cnnw-sizes" aria-label={what}>
      {(both ? [["Rows and columns", "row", rows] as const] : [["Rows", "row", rows] as const, ["Columns", "column", columns] as const]).map(
        ([title, name, axis]) => (
          <div key={title} class="cnnw-size">
            <p class="cnnw-size-title">{title}</p>
            {told && dilated(axis) && <p class="cnnw-dilated">{dilated(axis)}</p>}
            <Formula title="Total p" worked={inTotal(axis)} told={told} />
            <Formula title="Per side P" worked={perSide(axis)} told={told} />
            {told && <p class="cnnw-floor">{floorText(name, axis)}</p>}
          </div>
        ),
      )}
    </section>
  );
}

function Formula({ title, worked, told }: { title: string; worked: Worked; told: boolean }) {
  return (
    <div class="cnnw-formula-line">
      <span class="cnnw-formula-title">{title}</span>
      <span class="cnnw-formula-general">{worked.formula}</span>
      {told && (
        <span class="cnnw-formula-steps">
          {worked.steps.map((step, index) => (
            <span key={index}>{step} </span>
          ))}
        </span>
      )}
    </div>
  );
}
