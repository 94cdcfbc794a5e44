// The script of a notebook's exported page: every widget's model, and a live view of it in each of its places.
import { fillAhead, once, Shelf } from "./core/live";
import { LocalModel, type State } from "./core/local_model";
import { revived } from "./core/revive";
import "./core/live.css";

interface PageData {
  models: Record<string, { bundle: string; state: State }>;
  bundles: Record<string, string>;
}

const { models, bundles } = JSON.parse(document.getElementById("cnnw-data")!.textContent!) as PageData;
const shelf = new Shelf(bundles);
// Views of one model share it, as they do in the notebook.
const shared = Object.fromEntries(Object.entries(models).map(([id, { state }]) => [id, new LocalModel(revived(state))]));

fillAhead(
  [...document.querySelectorAll<HTMLElement>("[data-cnnw-model]")].map((element) => {
    const id = element.dataset["cnnwModel"]!;
    return { element, fill: once(() => shelf.show(models[id]!.bundle, shared[id]!, element)) };
  }),
);
