// The numbers of a layer worked out: parameters, multiply-adds and the receptive field, as lines of arithmetic.
import { grouped } from "../core/counts";
import type { Field, Stage } from "./stack";
import { isWindowed } from "./stack";

/** "6·(3·5·5 + 1) = 456" */
export function parametersText({ layer, given, parameters }: Stage): string {
  const total = grouped(parameters);
  if (layer.kind === "conv") {
    const weights = `${given[0]}·${layer.kernel[0]}·${layer.kernel[1]}`;
    return layer.bias ? `${layer.channels}·(${weights} + 1) = ${total}` : `${layer.channels}·${weights} = ${total}`;
  }
  if (layer.kind === "linear") return layer.bias ? `${layer.units}·(${given[0]} + 1) = ${total}` : `${layer.units}·${given[0]} = ${total}`;
  return "0: nothing is learnt";
}

/** "(6·28·28)·(3·5·5) = 352 800" */
export function multiplyAddsText({ layer, given, shape, multiplyAdds }: Stage): string {
  const total = grouped(multiplyAdds);
  if (layer.kind === "conv" && shape) return `(${shape.join("·")})·(${given[0]}·${layer.kernel[0]}·${layer.kernel[1]}) = ${total}`;
  if (layer.kind === "linear") return `${layer.units}·${given[0]} = ${total}`;
  if (layer.kind === "pool") return layer.mode === "max" ? "0: it only compares" : "0: it only adds";
  return "0";
}

const START: Field = { start: 0, size: 1, jump: 1, places: 0 };

/** "6 + (5 − 1)·2 = 14": the field before, the reach, and how far apart the layer's rows lie on the input. */
export function fieldText(stage: Stage, before: Stage | undefined): string {
  const { layer, axes, sees, all } = stage;
  if (all) return `${sees[0]} × ${sees[1]}: every unit depends on all of it`;
  if (!isWindowed(layer) || !axes) return `${sees[0]} × ${sees[1]}, as before`;
  const along = (index: 0 | 1): string => {
    const { size, jump } = before?.fields[index] ?? START;
    return `${size} + (${axes[index].reach} − 1)·${jump} = ${stage.fields[index].size}`;
  };
  const [rows, columns] = [along(0), along(1)];
  return rows === columns ? rows : `rows ${rows}; columns ${columns}`;
}
