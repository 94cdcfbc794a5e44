// TrainingMonitor's front end: an anywidget module, which also works on a page without Python.
import { render } from "preact";
import type { Model } from "./core/local_model";
import { Monitor } from "./monitor/monitor";
import "./core/base.css";
import "./core/parts.css";
import "./core/chart.css";
import "./monitor/monitor.css";

export default {
  render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    render(<Monitor model={model} host={el} />, el);
    model.send({ type: "shown" });
    return () => render(null, el);
  },
};
