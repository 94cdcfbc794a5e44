// ShapeExplorer's front end: an anywidget module, which also works on a page without Python.
import { render } from "preact";
import type { Model } from "./core/local_model";
import { Explorer } from "./shape/explorer";
import "./core/base.css";
import "./core/parts.css";
import "./core/pick.css";
import "./shape/explorer.css";

export default {
  render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    render(<Explorer model={model} host={el} />, el);
    model.send({ type: "shown" });
    return () => render(null, el);
  },
};
