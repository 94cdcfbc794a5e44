// The monitor put together: how the run stands, the button that stops it, curves, filters and confusions.
import { useEffect, useState } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { useTheme, useTraits } from "../core/hooks";
import type { Model } from "../core/local_model";
import { Shell } from "../core/shell";
import { useLine } from "../core/use_line";
import { Confusion } from "./confusion";
import { Curves } from "./curves";
import { Filters } from "./filters";
import { TRAITS, type MonitorTraits } from "./state";
import { factsOf, mixupsText, standText, statusText } from "./words";

const nothing = (): void => {};

export function Monitor({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<MonitorTraits>(model, TRAITS);
  const { _status: status, _now: now, _curve: curve, _filters: filters, _confusion: confusion, _classes: classes } = traits;
  const theme = useTheme(host);
  const [stopping, setStopping] = useState(false);
  useEffect(() => {
    if (status !== "running") setStopping(false);
  }, [status]);
  const running = status === "running";
  // Said at the start, once an epoch (or when something was measured), and at the end: not at every step.
  const moment = `${status} ${now.epoch} ${now.accuracy} ${stopping}`;
  const [said, setSaid] = useState({ moment, text: standText(traits, stopping) });
  if (said.moment !== moment) {
    const last = status === "ended" && confusion.length > 0 ? ` ${mixupsText(confusion, classes)}` : "";
    setSaid({ moment, text: standText(traits, stopping) + last });
  }
  const voice = useLine(said.text);
  const stop = (): void => {
    if (!running || stopping) return;
    setStopping(true);
    model.send({ type: "stop" });
  };
  const share = now.total ? Math.min(1, now.examples / now.total) : null;
  return (
    <Shell label="Training monitor" name="cnnw-monitor" theme={theme} flush={nothing} style={{ "--classes": Math.max(2, confusion.length) }}>
      <header class="cnnw-header">
        <p class="cnnw-status" data-status={status}>
          <i aria-hidden="true" /> <b>{statusText(traits, stopping)}</b>
        </p>
        {status !== "ended" && (
          <button type="button" class="cnnw-button cnnw-stop" aria-disabled={!running || stopping} onClick={stop}>
            <span aria-hidden="true">■</span> {stopping ? "Stopping…" : "Stop"}
          </button>
        )}
      </header>
      {share !== null && (
        <div class="cnnw-bar" role="progressbar" aria-label="Examples seen" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}>
          <i style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <dl class="cnnw-figures">
        {factsOf(traits).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Curves curve={curve} total={now.total} onSay={(text) => voice.current(text)} />
      {(filters.length > 0 || confusion.length > 0) && (
        <div class="cnnw-inside">
          {confusion.length > 0 && <Confusion confusion={confusion} classes={classes} />}
          {filters.length > 0 && <Filters filters={filters} theme={theme} />}
        </div>
      )}
      <Announcer pause={300} voice={voice} />
    </Shell>
  );
}
